import { expect, it } from "vitest";
import { isMostlyVisible } from "./use-viewed.ts";

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
])("decides whether %s is visible", (_name, ratio, height, seen) => {
  expect(isMostlyVisible(sight(ratio, height))).toBe(seen);
});

it("is false without the window's size", () => {
  expect(isMostlyVisible({ ...sight(0.2, 480), rootBounds: null })).toBe(false);
});
