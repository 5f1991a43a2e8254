/** An instant as the value of a local date and time input, to the minute. */
export function toLocalInput(at: string): string {
  const date = new Date(at);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
