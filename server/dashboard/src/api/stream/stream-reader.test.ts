import { expect, it } from "vitest";
import { backOffMs } from "./stream-reader.ts";

it("doubles its wait up to half a minute", () => {
  expect([0, 1, 2, 3, 20].map((attempt) => backOffMs(attempt, 1))).toEqual([500, 1000, 2000, 4000, 30_000]);
});

it("spreads waits over the upper half", () => {
  expect(backOffMs(3, 0)).toBe(2000);
  expect(backOffMs(3, 0.5)).toBe(3000);
});
