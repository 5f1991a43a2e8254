import { cutToLength } from "@muster/shared/contracts/text-length.ts";

// What the contract's `line` refuses: control characters, line separators and lone surrogates.
const FORBIDDEN = /[\p{Cc}\u2028\u2029]|\p{Surrogate}/gu;

/** Makes text of the operating system fit one line of the contract, at most `max` characters; undefined when nothing is left. */
export function cleanLine(text: string | null | undefined, max: number): string | undefined {
  const cleaned = (text ?? "").replace(FORBIDDEN, " ").trim();
  const cut = cutToLength(cleaned, max).trim();
  return cut === "" ? undefined : cut;
}
