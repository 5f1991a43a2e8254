/**
 * A spreadsheet runs a cell that begins with one of these as a formula, also behind blanks and quotes (OWASP, "CSV Injection"). Whoever
 * reads the file with another separator gets a cell after each comma, semicolon, tab and line break inside a value.
 */
const FORMULA_IN_CELL = /([,;\t\r\n])([\s"\u00a0\ufeff]*)(?=[=+\-@|%\uff1d\uff0b\uff0d\uff20])/g;
const FORMULA_AT_START = /^[\s"\u00a0\ufeff]*[=+\-@\t\r|%\uff1d\uff0b\uff0d\uff20]/;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** One cell: quoted always, formulas made text by an apostrophe before them; plain negative numbers stay numbers. */
export function csvCell(value: string | number | boolean | null | undefined): string {
  const text = value === null || value === undefined ? "" : String(value);
  return `"${withoutFormulas(text).replaceAll('"', '""')}"`;
}

function withoutFormulas(text: string): string {
  if (NUMBER.test(text)) return text;
  const safe = text.replaceAll(FORMULA_IN_CELL, "$1$2'");
  return FORMULA_AT_START.test(text) ? `'${safe}` : safe;
}

/** Rows as RFC 4180 text with a byte order mark, without which Excel takes UTF-8 for something else. */
export function csvText(rows: readonly (readonly Parameters<typeof csvCell>[0][])[]): string {
  return `\ufeff${rows.map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;
}
