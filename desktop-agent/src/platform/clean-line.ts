const CONTROL_OR_SEPARATOR = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/**
 * One line of OS output as the contracts allow it: control characters and lone surrogates gone, trimmed, at most `max` UTF-16
 * units. Undefined when nothing is left.
 */
export function cleanLine(text: string | undefined, max: number): string | undefined {
  if (text === undefined) return undefined;
  const line = text
    .slice(0, max * 4)
    .replace(CONTROL_OR_SEPARATOR, " ")
    .trim();
  // toWellFormed marks the half of a pair that the cut may have left.
  const cut = line.slice(0, max).toWellFormed().replaceAll("\ufffd", "").trim();
  return cut === "" ? undefined : cut;
}
