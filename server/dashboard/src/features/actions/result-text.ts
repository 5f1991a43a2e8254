type ResultWords = {
  yes: string;
  no: string;
  list: (items: readonly string[]) => string;
  /** A value and what belongs to it: "ann (notify-send)". */
  pair: (value: string, detail: string) => string;
};

/** Whether a result is lines of text, which are read in a viewer of their own. */
export function isLines(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((line) => typeof line === "string");
}

/** A part of a result as words, whatever its shape; empty when there is nothing to say. */
export function resultText(value: unknown, words: ResultWords): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (Array.isArray(value)) return words.list(value.map((item) => resultText(item, words)));
  const [first = "", ...rest] = Object.values(value)
    .map((part) => resultText(part, words))
    .filter((part) => part !== "");
  return rest.length === 0 ? first : words.pair(first, words.list(rest));
}
