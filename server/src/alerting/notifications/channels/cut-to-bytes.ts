/** The beginning of a text in at most `maxBytes` bytes of UTF-8. No character is cut in two. */
export function cutToBytes(text: string, maxBytes: number): string {
  // Streaming leaves out a character that was cut in two.
  return new TextDecoder().decode(Buffer.from(text).subarray(0, maxBytes), { stream: true });
}
