import { expect, it } from "vitest";
import { chooseResolution } from "./resolution.ts";

const HOUR = 3_600_000;

it.each([
  [24, 30, "raw"],
  [25, 30, "5m"],
  [48, 60, "raw"],
  [24 * 10, 30, "5m"],
  [24 * 30, 30, "1h"],
  [24 * 120, 30, "1h"],
  [24 * 365, 30, "1d"],
  [24 * 3650, 30, "1d"],
])("gives %i hours of samples each %i s as %s", (hours, intervalS, expected) => {
  expect(chooseResolution(hours * HOUR, intervalS * 1000).resolution).toBe(expected);
});
