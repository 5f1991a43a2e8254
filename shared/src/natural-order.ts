const NUMBER_WIDTH = 10;
/** Keeps a page's cursor short; names that are the same so far are told apart by their ids. */
const MAX_KEY_LENGTH = 100;

/** The sort key of a text that is missing: behind every other key. */
export const LAST_SORT_KEY = "\u{10ffff}";

/** The same text for all that a person would not tell apart in a search. */
export function foldCase(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

/** Text whose order by bytes is the natural one: "web-2" comes before "web-10". */
export function naturalSortKey(text: string): string {
  const padded = foldCase(text).replaceAll(/\d+/g, (digits) => digits.padStart(NUMBER_WIDTH, "0"));
  return padded.slice(0, MAX_KEY_LENGTH).toWellFormed();
}

/** Compares two sort keys as a database compares their UTF-8 bytes, which is the order of their code points. */
export function compareSortKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (left === right) continue;
    // A half of a pair stands for a code point above every other unit, though it is smaller than some of them.
    return Number(isSurrogate(left)) - Number(isSurrogate(right)) || left - right;
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
