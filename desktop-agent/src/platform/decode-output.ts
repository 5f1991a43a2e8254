import { CODE_PAGES } from "./code-pages.ts";

/** The code page of Western Europe's consoles, which knows the letters of most languages that write with Latin ones. */
export const DEFAULT_CODE_PAGE = 850;

const utf8 = new TextDecoder("utf-8", { fatal: true });

// Pages of two bytes, by the names that TextDecoder has for them.
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
    // What is not UTF-8 is the answer that the caller asks for.
    return undefined;
  }
}

/** The text of bytes in a code page; in the default one where the page is not known. What has no character becomes U+FFFD. */
export function decodeCodePage(bytes: Buffer, codePage: number): string {
  if (codePage === 65001) return bytes.toString("utf8");
  const wide = WIDE_PAGES.get(codePage);
  if (wide !== undefined) return new TextDecoder(wide).decode(bytes);
  const upperHalf = CODE_PAGES.get(codePage) ?? CODE_PAGES.get(DEFAULT_CODE_PAGE) ?? "";
  return Array.from(bytes, (byte) =>
    byte < 0x80 ? String.fromCharCode(byte) : (upperHalf[byte - 0x80] ?? "\ufffd"),
  ).join("");
}
