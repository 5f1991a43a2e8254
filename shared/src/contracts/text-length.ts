/*
 * The one measure of every length on the wire: a character is a Unicode code point, as zod's `max`, JSON Schema's `maxLength` and
 * PostgreSQL's `char_length` count it. JavaScript's `length` counts UTF-16 units, two for an emoji.
 */

/** Whether the text has at most `max` characters. */
export function fitsLength(text: string, max: number): boolean {
  return text.length <= max || cutToLength(text, max).length === text.length;
}

/** The first `max` characters. A character of two UTF-16 units is never parted. */
export function cutToLength(text: string, max: number): string {
  if (text.length <= max) return text;
  let units = 0;
  for (let characters = 0; characters < max && units < text.length; characters += 1)
    units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  return text.slice(0, units);
}
