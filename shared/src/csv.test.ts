import { describe, expect, it } from "vitest";
import { csvCell, csvText } from "./csv.ts";

describe("a cell", () => {
  it.each(["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "  =1+1", "\u00a0=1+1", "＝1+1", "|dde"])(
    "turns the formula %j into text",
    (formula) => {
      expect(csvCell(formula)).toBe(`"'${formula}"`);
    },
  );

  it.each([
    ["\t=1+1", "'\t'=1+1"],
    ["\r=1", "'\r'=1"],
    ["x;=1+1;y", "x;'=1+1;y"],
    ["a, -b", "a, '-b"],
    ["a\n=1", "a\n'=1"],
  ])("turns the formula inside %j into text", (formula, text) => {
    expect(csvCell(formula)).toBe(`"${text}"`);
  });

  it.each([
    ["web-01", '"web-01"'],
    ["-12.5", '"-12.5"'],
    [-3, '"-3"'],
    ['say "hi"', '"say ""hi"""'],
    ["a,b\nc", '"a,b\nc"'],
    [null, '""'],
    [undefined, '""'],
    [false, '"false"'],
  ])("does not change %j", (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });
});

it("ends every row with a line break, also the last one", () => {
  expect(csvText([["a", 1], ["b"]])).toBe('\ufeff"a","1"\r\n"b"\r\n');
});

/** As spreadsheets read: a quote counts at the begin of a cell only, and what follows its end belongs to the cell. */
function readAsSpreadsheet(text: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = "";
  let state: "start" | "quoted" | "plain" = "start";
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (state === "quoted") {
      if (character !== '"') cell += character;
      else if (text.charAt(at + 1) === '"') cell += text.charAt((at += 1));
      else state = "plain";
    } else if (character === separator || character === "\n") {
      cells.push(cell);
      cell = "";
      state = "start";
    } else if (state === "start" && character === '"') {
      state = "quoted";
    } else {
      cell += character;
      state = "plain";
    }
  }
  return [...cells, cell];
}

describe.each([",", ";", "\t"])("a file that is read with the separator %j", (separator) => {
  it.each([
    "x;=1+1;y",
    "x,=1+1,y",
    "x\t=1+1\ty",
    'x;"=1+1";y',
    'x;""=1+1',
    "x; =1+1",
    "x\n=1+1",
    '";=1+1',
    "x;;=1+1",
    "=1+1;+2",
    ";@SUM(A1)",
    '"=1+1',
  ])("contains no formula for the name %j", (name) => {
    const text = csvText([
      ["id", "name", "note"],
      [1, name, name],
      [name, 2, name],
    ]).slice(1);
    for (const cell of readAsSpreadsheet(text, separator)) {
      expect(cell).not.toMatch(/^[\s"]*[=+@|%\uff1d\uff0b\uff0d\uff20-]/);
    }
  });
});
