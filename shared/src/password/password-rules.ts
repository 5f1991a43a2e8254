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

export const MIN_PASSWORD_LENGTH = 10;
export const MAX_PASSWORD_LENGTH = 200;

/** Why a password is rejected: `repetitive` has fewer than five different characters, `personal` is one of the user's own names. */
export type PasswordProblem = "too-short" | "repetitive" | "sequence" | "common" | "personal";

/**
 * The one rule for new passwords, which the server applies and the dashboard shows while a user types; null when the password is allowed.
 * `commonStems` is `COMMON_PASSWORD_STEMS`, a parameter so that a page can load it late: it is found with other digits and signs, too.
 */
export function passwordProblem(
  password: string,
  personalWords: readonly string[],
  commonStems: ReadonlySet<string>,
): PasswordProblem | null {
  if (password.length < MIN_PASSWORD_LENGTH) return "too-short";
  if (new Set(password).size < MIN_DISTINCT_CHARACTERS) return "repetitive";
  if (isSequence(password)) return "sequence";
  const stem = stemOf(password);
  if (commonStems.has(stem) || commonStems.has(password.toLowerCase())) return "common";
  const personal = personalWords.flatMap((word) => [word, ...word.split(/[\s@.]+/)]).map(stemOf);
  return stem.length > 0 && personal.includes(stem) ? "personal" : null;
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
