import { CODE_PAGES } from "./code-pages.ts";

/** The console code page of Western Europe, which has the letters of most languages with Latin script. */
export const DEFAULT_CODE_PAGE = 850;

const utf8 = new TextDecoder("utf-8", { fatal: true });

// Double-byte pages, by their names in TextDecoder.
const WIDE_PAGES: ReadonlyMap<number, string> = new Map([
  [932, "shift_jis"],
  [936, "gbk"],
  [949, "euc-kr"],
  [950, "big5"],
  [54936, "gb18030"],
]);

/** The text of bytes that are UTF-8; undefined when they are not. */
export function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    // Not UTF-8 is an expected answer.
    return undefined;
  }
}

/** The text of bytes in a code page; in the default one when the page is unknown. Bytes without a character become U+FFFD. */
export function decodeCodePage(bytes: Buffer, codePage: number): string {
  if (codePage === 65001) return bytes.toString("utf8");
  const wide = WIDE_PAGES.get(codePage);
  if (wide !== undefined) return new TextDecoder(wide).decode(bytes);
  const upperHalf = CODE_PAGES.get(codePage) ?? CODE_PAGES.get(DEFAULT_CODE_PAGE) ?? "";
  return Array.from(bytes, (byte) =>
    byte < 0x80 ? String.fromCharCode(byte) : (upperHalf[byte - 0x80] ?? "\ufffd"),
  ).join("");
}
