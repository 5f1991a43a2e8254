/** A text that an administrator saved, without a byte order mark; `unreadable` says what it is instead of UTF-8, and what to do. */
export type ConfigText = { kind: "text"; text: string } | { kind: "unreadable"; reason: string };

const ADVICE =
  'Save it as UTF-8: in Notepad under "Save as", Encoding; in PowerShell with Set-Content -Encoding utf8.';

/**
 * Editors of Windows begin UTF-8 with a mark, and PowerShell writes UTF-16.
 * @param decoded the file, decoded as UTF-8: what is none has become U+FFFD, and each ASCII letter of UTF-16 a letter and a NUL
 */
export function readConfigText(decoded: string): ConfigText {
  const encoding = otherEncodingOf(decoded);
  if (encoding !== null) return { kind: "unreadable", reason: `is saved as ${encoding}. ${ADVICE}` };
  return { kind: "text", text: decoded.replace(/^\ufeff/, "") };
}

function otherEncodingOf(decoded: string): string | null {
  if (/^[\ufffd\0]*[^\0]?\0{3}/.test(decoded)) return "UTF-32";
  const firstNul = decoded.indexOf("\0");
  // The mark of UTF-16 is two bytes that are no UTF-8: where the first NUL is tells which half of a letter comes first.
  if (firstNul >= 0) return `UTF-16 (${firstNul % 2 === 1 ? "little-endian" : "big-endian"})`;
  if (decoded.startsWith("\ufffd\ufffd")) return "UTF-16";
  return decoded.includes("\ufffd") ? "an encoding other than UTF-8" : null;
}
