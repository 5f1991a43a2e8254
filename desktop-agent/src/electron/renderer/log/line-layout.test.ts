import { expect, it } from "vitest";
import { columnsOf, layOut, lineAt, visibleLines } from "./line-layout.ts";

it("gives a line as many rows as it needs, and an empty one a row", () => {
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

it("lays out 30,000 lines fast enough for a frame", () => {
  const lengths = Array.from({ length: 30_000 }, (_, index) => index % 300);
  const layout = layOut(lengths, 50);
  expect(lineAt(layout, layout.tops[20_000] ?? 0)).toBe(20_000);
});

const shown = Array.from({ length: 10_000 }, (_, index) => ({ number: index - 5_000 }));
const layout = layOut(
  shown.map(() => 10),
  50,
);
const sight = { fromPx: 5_000 * 18, heightPx: 360, rowPx: 18 };

it("draws the visible lines and a few more", () => {
  expect(visibleLines(layout, shown, sight, null)).toEqual({ from: 4_980, to: 5_041 });
  expect(visibleLines(layout, shown, { ...sight, fromPx: 0 }, null).from).toBe(0);
  expect(visibleLines(layout, shown, { ...sight, fromPx: 9e9 }, null).to).toBe(10_000);
  expect(visibleLines(layOut([], 50), [], sight, null)).toEqual({ from: 0, to: 0 });
});

it("keeps the lines of a selection", () => {
  expect(visibleLines(layout, shown, sight, { first: -600, last: -590 })).toEqual({ from: 4_400, to: 5_041 });
  expect(visibleLines(layout, shown, sight, { first: 100, last: 200 })).toEqual({ from: 4_980, to: 5_201 });
});

it("drops a selection that is far away or whose lines were dropped", () => {
  const inSight = { from: 4_980, to: 5_041 };
  expect(visibleLines(layout, shown, sight, { first: -5_000, last: 0 })).toEqual(inSight);
  expect(visibleLines(layout, shown, sight, { first: 9_000, last: 9_001 })).toEqual(inSight);
});
