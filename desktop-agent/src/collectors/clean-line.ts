// What the contract's `line` refuses: control characters, line separators and lone surrogates.
const FORBIDDEN = /[\p{Cc}\u2028\u2029]|\p{Surrogate}/gu;

/** Makes text of the operating system fit one line of the contract, at most `max` UTF-16 units; undefined when nothing is left. */
export function cleanLine(text: string | null | undefined, max: number): string | undefined {
  const cleaned = (text ?? "").replace(FORBIDDEN, " ").trim();
  const cut = cleaned
    .slice(0, max)
    .replace(/\p{Surrogate}$/u, "")
    .trim();
  return cut === "" ? undefined : cut;
}
