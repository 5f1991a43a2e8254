import { expect, it } from "vitest";
import { layOut } from "./line-layout.ts";
import { visibleLines } from "./visible-lines.ts";

const shown = Array.from({ length: 10_000 }, (_, index) => ({ number: index - 5_000 }));
const layout = layOut(
  shown.map(() => 10),
  50,
);
const sight = { fromPx: 5_000 * 18, heightPx: 360, rowPx: 18 };

it("draws what is in sight and a little more", () => {
  expect(visibleLines(layout, shown, sight, null)).toEqual({ from: 4_980, to: 5_041 });
  expect(visibleLines(layout, shown, { ...sight, fromPx: 0 }, null).from).toBe(0);
  expect(visibleLines(layout, shown, { ...sight, fromPx: 9e9 }, null).to).toBe(10_000);
  expect(visibleLines(layOut([], 50), [], sight, null)).toEqual({ from: 0, to: 0 });
});

it("keeps the lines of a selection", () => {
  expect(visibleLines(layout, shown, sight, { first: -600, last: -590 })).toEqual({ from: 4_400, to: 5_041 });
  expect(visibleLines(layout, shown, sight, { first: 100, last: 200 })).toEqual({ from: 4_980, to: 5_201 });
});

it("lets go of a selection that is far away or whose lines are gone", () => {
  const inSight = { from: 4_980, to: 5_041 };
  expect(visibleLines(layout, shown, sight, { first: -5_000, last: 0 })).toEqual(inSight);
  expect(visibleLines(layout, shown, sight, { first: 9_000, last: 9_001 })).toEqual(inSight);
});
