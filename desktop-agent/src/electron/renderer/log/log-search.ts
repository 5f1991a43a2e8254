/** Where a search stands: the matching lines' indexes, and which of them is the present one; -1 for none. */
export type LogMatches = { indexes: readonly number[]; present: number };

/** Lines that hold the words, in any case. An empty search matches nothing. */
export function findMatches(texts: readonly string[], words: string): number[] {
  const wanted = words.toLowerCase();
  if (wanted === "") return [];
  return texts.flatMap((text, index) => (text.toLowerCase().includes(wanted) ? [index] : []));
}

/** The match after or before `present`, around the ends; the newest where there is no present one, as a log is read from its end. */
export function stepMatch(count: number, present: number, by: 1 | -1): number {
  if (count === 0) return -1;
  if (present < 0) return count - 1;
  return (present + by + count) % count;
}

/** A text cut where it matches: every second part is a match. */
export function splitAtMatches(text: string, words: string): string[] {
  const wanted = words.toLowerCase();
  const lower = text.toLowerCase();
  // A few letters change their length with their case: then places in one text are not places in the other.
  if (wanted === "" || lower.length !== text.length) return [text];
  const parts: string[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    parts.push(text.slice(from, at), text.slice(at, at + wanted.length));
    from = at + wanted.length;
  }
  return [...parts, text.slice(from)];
}
