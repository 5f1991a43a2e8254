import { cutToLength, fitsLength } from "@muster/shared/contracts/text-length.ts";

// Control characters but for the line break, lone surrogates, and the marks that make text run backwards over other text.
const UNPRINTABLE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

/** The text as it may be shown: line breaks as `\n`, every other control character as U+FFFD, `max` characters at most. */
export function printableText(text: string, max: number): string {
  const clean = text.replaceAll(/\r\n?|[\u2028\u2029]/g, "\n").replaceAll(UNPRINTABLE, "\ufffd");
  return fitsLength(clean, max) ? clean : `${cutToLength(clean, max - 1)}…`;
}

/** The same on one line. */
export function printableLine(text: string, max: number): string {
  return printableText(text, max).replaceAll(/\s+/g, " ").trim();
}
