/** The result of a search: indexes of the matching lines, and the position of the current one; -1 for none. */
export type LogMatches = { indexes: readonly number[]; present: number };

/** Indexes of lines that contain the query, ignoring case. An empty query matches nothing. */
export function findMatches(texts: readonly string[], query: string): number[] {
  const wanted = query.toLowerCase();
  if (wanted === "") return [];
  return texts.flatMap((text, index) => (text.toLowerCase().includes(wanted) ? [index] : []));
}

/** The match after or before `present`, wrapping around; the newest when there is no current match. */
export function stepMatch(count: number, present: number, by: 1 | -1): number {
  if (count === 0) return -1;
  if (present < 0) return count - 1;
  return (present + by + count) % count;
}

/** Splits a text at its matches: every second part is a match. */
export function splitAtMatches(text: string, query: string): string[] {
  const wanted = query.toLowerCase();
  const lower = text.toLowerCase();
  // A few letters change their length with their case, so positions in the two texts would differ.
  if (wanted === "" || lower.length !== text.length) return [text];
  const parts: string[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    parts.push(text.slice(from, at), text.slice(at, at + wanted.length));
    from = at + wanted.length;
  }
  return [...parts, text.slice(from)];
}
