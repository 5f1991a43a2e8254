import { COMMON_PASSWORD_STEMS } from "./common-passwords.ts";

const LOOKALIKES: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
};
const MIN_DISTINCT_CHARACTERS = 5;

/**
 * Why a password of allowed length is too easy to guess, as the rest of a sentence; null when it is allowed. Rejected are common leaked
 * passwords (also with added digits and signs), sequences of characters, and the user's own names.
 */
export function passwordRejection(password: string, personalWords: readonly string[]): string | null {
  if (new Set(password).size < MIN_DISTINCT_CHARACTERS) return "repeats too few characters";
  if (isSequence(password)) return "is a sequence of neighbouring characters";
  const stem = stemOf(password);
  if (COMMON_PASSWORD_STEMS.has(stem) || COMMON_PASSWORD_STEMS.has(password.toLowerCase())) {
    return "is one of the most common passwords";
  }
  const personal = personalWords.flatMap((word) => [word, ...word.split(/[\s@.]+/)]).map(stemOf);
  if (stem.length > 0 && personal.includes(stem)) return "consists of your own name or address";
  return null;
}

function stemOf(text: string): string {
  const letters = text
    .toLowerCase()
    .replace(/^[^\p{L}@$]+|[^\p{L}@$]+$/gu, "")
    .replace(/[0134570@$]/g, (character) => LOOKALIKES[character] ?? character)
    .replace(/[^\p{L}]/gu, "");
  const half = letters.slice(0, letters.length / 2);
  return letters.length % 2 === 0 && letters === half + half ? half : letters;
}

function isSequence(text: string): boolean {
  const steps = [...text].map((character, index, all) =>
    index === 0 ? 0 : (character.codePointAt(0) ?? 0) - (all[index - 1]?.codePointAt(0) ?? 0),
  );
  const neighbours = steps.slice(1).filter((step) => Math.abs(step) <= 1).length;
  return neighbours >= text.length - 2;
}
