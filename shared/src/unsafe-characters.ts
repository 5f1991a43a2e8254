/*
 * Characters that do something else than show a character: they control a terminal, reorder the text around them, or are invisible.
 * Without zod, because the agent's command line uses it too.
 */

/** Controls (C0, C1), line separators, bidirectional controls, invisible characters, halves of characters. */
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u200b\u2060\u206a-\u206f\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu;
/**
 * Zero-width joiners outside an emoji, and zero-width joiners and non-joiners that no spelling needs (RFC 5892, appendix A.1 and A.2:
 * after a virama, or between Arabic letters).
 */
const STRAY_JOINER =
  /(?<![\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca])(?:(?<!\p{Extended_Pictographic}|\ufe0f|\p{Emoji_Modifier})\u200d|\u200d(?!\p{Extended_Pictographic})|(?<!\p{Script=Arabic})\u200c|\u200c(?!\p{Script=Arabic}))/gu;
const LINE_BREAK_OR_TAB = /[\t\n]/;

/** True for text that a name must not contain. */
export function hasUnsafeCharacters(text: string): boolean {
  return text.search(UNSAFE) >= 0 || text.search(STRAY_JOINER) >= 0;
}

/** Text that may be printed to a terminal: without unsafe characters, with its line breaks and tabs. */
export function terminalText(text: string): string {
  const kept = text.replaceAll(UNSAFE, (found) => (LINE_BREAK_OR_TAB.test(found) ? found : ""));
  return kept.replaceAll(STRAY_JOINER, "");
}

/** Like `terminalText`, on one line: for values from a server or a database inside a sentence or a table. */
export function terminalLine(text: string): string {
  return terminalText(text.replaceAll(/[\t\r\n]+/g, " "));
}

/** Writes unsafe characters as \uXXXX, which JSON reads as the same text. Keeps the line break at the end of a line. */
export function escapeUnsafeCharacters(text: string): string {
  const escapeOne = (found: string) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return text
    .replaceAll(UNSAFE, (found, at: number) =>
      found === "\n" && at === text.length - 1 ? found : escapeOne(found),
    )
    .replaceAll(STRAY_JOINER, escapeOne);
}
