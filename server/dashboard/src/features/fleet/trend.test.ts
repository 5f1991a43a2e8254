import { expect, it } from "vitest";
import { sparklinePath } from "./trend.tsx";

it("lifts the pen at a gap and draws a lone value as a dot", () => {
  expect(sparklinePath([0, 100, null, 50, null], 42, 12)).toBe("M1 11L11 1M31 6h0");
});

it("draws nothing of nothing", () => {
  expect(sparklinePath([null, null], 42, 12)).toBe("");
  expect(sparklinePath([], 42, 12)).toBe("");
});
