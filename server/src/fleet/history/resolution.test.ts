import { expect, it } from "vitest";
import { chooseResolution } from "./resolution.ts";

const HOUR = 3_600_000;

it.each([
  [16, 30, "raw"],
  [24, 30, "5m"],
  [24, 60, "raw"],
  [24 * 7, 30, "5m"],
  [24 * 8, 30, "1h"],
  [24 * 84, 30, "1h"],
  [24 * 365, 30, "1d"],
  [24 * 3650, 30, "1d"],
])("gives %i hours of samples each %i s as %s", (hours, intervalS, expected) => {
  expect(chooseResolution(hours * HOUR, intervalS * 1000).resolution).toBe(expected);
});
