const PASSWORD_MIN_LENGTH = 10;

export type Strength = { level: 0; missing: number } | { level: 1 | 2 | 3; word: "fair" | "good" | "strong" };

/**
 * A rough and honest measure: length, less what repeats or runs on ("aaaa", "abcd", "1234"). Ten characters are the only rule
 * that the server has, so anything from there on is at least fair.
 */
export function passwordStrength(password: string): Strength {
  if (password.length < PASSWORD_MIN_LENGTH) {
    return { level: 0, missing: PASSWORD_MIN_LENGTH - password.length };
  }
  const useful = usefulLength(password.toLowerCase());
  if (useful >= 20) return { level: 3, word: "strong" };
  if (useful >= 13) return { level: 2, word: "good" };
  return { level: 1, word: "fair" };
}

function usefulLength(password: string): number {
  const codes = [...password].map((letter) => letter.codePointAt(0) ?? 0);
  const runsOn = codes.filter((code, index) => {
    const step = code - (codes[index - 1] ?? Number.NaN);
    return Math.abs(step) <= 1;
  });
  const distinct = new Set(codes).size;
  return Math.min(codes.length - runsOn.length, distinct * 2);
}
