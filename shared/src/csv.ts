/** Spreadsheets run a cell that begins with one of these as a formula, also behind blanks (OWASP, "CSV Injection"). */
const FORMULA_START = /^[\s\u00a0\ufeff]*[=+\-@\t\r|%\uff1d\uff0b\uff0d\uff20]/;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** One cell: quoted always, formulas made text by a leading apostrophe; plain negative numbers stay numbers. */
export function csvCell(value: string | number | boolean | null | undefined): string {
  const text = value === null || value === undefined ? "" : String(value);
  const safe = FORMULA_START.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** Rows as RFC 4180 text with a byte order mark, without which Excel takes UTF-8 for something else. */
export function csvText(rows: readonly (readonly Parameters<typeof csvCell>[0][])[]): string {
  return `\ufeff${rows.map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;
}
