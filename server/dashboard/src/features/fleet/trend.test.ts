import { expect, it } from "vitest";
import { sparklinePath } from "./trend.tsx";

it("interrupts the line at a gap and draws a single value as a dot", () => {
  expect(sparklinePath([0, 100, null, 50, null], 42, 12)).toBe("M1 11L11 1M31 6h0");
});

it("draws nothing without values", () => {
  expect(sparklinePath([null, null], 42, 12)).toBe("");
  expect(sparklinePath([], 42, 12)).toBe("");
});
