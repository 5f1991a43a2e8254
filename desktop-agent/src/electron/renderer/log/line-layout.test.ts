import { expect, it } from "vitest";
import { columnsOf, layOut, lineAt } from "./line-layout.ts";

it("gives a line as many rows as it needs, and an empty one its own", () => {
  expect([...layOut([0, 10, 11, 100], 10).tops]).toEqual([0, 1, 2, 4, 14]);
  expect([...layOut([], 10).tops]).toEqual([0]);
});

it("finds the line at a row", () => {
  const layout = layOut([5, 25, 5], 10);
  expect([-3, 0, 1, 3, 4, 99].map((row) => lineAt(layout, row))).toEqual([0, 0, 1, 1, 2, 2]);
  expect(lineAt(layOut([], 10), 5)).toBe(0);
});

it("counts wide characters twice", () => {
  expect(columnsOf("plain")).toBe(5);
  expect(columnsOf("日本")).toBe(4);
  expect(columnsOf("é")).toBe(1);
});

it("lays out 30,000 lines in a blink", () => {
  const lengths = Array.from({ length: 30_000 }, (_, index) => index % 300);
  const layout = layOut(lengths, 50);
  expect(lineAt(layout, layout.tops[20_000] ?? 0)).toBe(20_000);
});
