import { expect, it } from "vitest";
import { describeDuration, parseDuration } from "./duration.ts";

it("reads durations in one unit", () => {
  expect(["90s", "30m", "2h", "1d", " 5m "].map(parseDuration)).toEqual([
    90_000, 1_800_000, 7_200_000, 86_400_000, 300_000,
  ]);
});

it("refuses what is not a duration, and more than 30 days", () => {
  expect(["", "30", "m", "-5m", "0s", "1.5h", "31d", "5w", "1e3s"].map(parseDuration)).toEqual(
    Array(9).fill(null),
  );
});

it("formats a duration for a user", () => {
  expect([0, 90_000, 600_000, 7_200_000, 200_000_000].map(describeDuration)).toEqual([
    "0 s",
    "90 s",
    "10 min",
    "2 h",
    "2 days",
  ]);
});
