import { expect, it } from "vitest";
import { isSeen } from "./use-seen.ts";

const sight = (intersectionRatio: number, height: number) => ({
  intersectionRatio,
  intersectionRect: { height },
  rootBounds: { height: 500 },
});

it.each([
  ["most of a short message", 0.7, 50, true],
  ["the beginning of a message", 0.3, 150, false],
  ["a window full of a long message", 0.2, 480, true],
  ["nothing", 0, 0, false],
])("tells whether %s is seen", (_name, ratio, height, seen) => {
  expect(isSeen(sight(ratio, height))).toBe(seen);
});

it("does not guess without the window's size", () => {
  expect(isSeen({ ...sight(0.2, 480), rootBounds: null })).toBe(false);
});
