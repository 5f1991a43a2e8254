/**
 * The content of a file that only this agent writes. `isWhole` looks at what a crash or a bad disk may have changed, and may throw.
 * Null when there is none, or none that is whole.
 */
export function parseStored<Content>(
  text: string | null,
  isWhole: (content: Content) => boolean,
): Content | null {
  if (text === null) return null;
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the agent wrote it itself, and `isWhole` checks it for damage
    const content = JSON.parse(text) as Content;
    return isWhole(content) ? content : null;
  } catch {
    return null; // Damage is an expected outcome: every caller has an answer to it.
  }
}
