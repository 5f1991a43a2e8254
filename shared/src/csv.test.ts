import { describe, expect, it } from "vitest";
import { csvCell, csvText } from "./csv.ts";

describe("a cell", () => {
  it.each([
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1",
    "  =1+1",
    "\u00a0=1+1",
    "＝1+1",
    "|dde",
  ])("makes text of the formula %j", (formula) => {
    expect(csvCell(formula)).toBe(`"'${formula}"`);
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
  ])("leaves %j as it is", (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });
});

it("ends every row, the last one as well", () => {
  expect(csvText([["a", 1], ["b"]])).toBe('\ufeff"a","1"\r\n"b"\r\n');
});
