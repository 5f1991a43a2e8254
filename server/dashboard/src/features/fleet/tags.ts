const TAG = /^[\p{L}\p{N}._:-]{1,40}$/u;
const MOST = 20;

/** Whether the server accepts a text as a tag. */
export function isTag(text: string): boolean {
  return TAG.test(text);
}

/** A device's tags after adding and removing some; no more than it may have. */
export function withTags(
  tags: readonly string[],
  added: readonly string[],
  removed: readonly string[],
): string[] {
  const kept = new Set([...tags, ...added]);
  for (const tag of removed) kept.delete(tag);
  return [...kept].slice(0, MOST);
}
