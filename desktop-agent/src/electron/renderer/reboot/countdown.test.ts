import { expect, it } from "vitest";
import { clockText, momentOf } from "./countdown.ts";

const MINUTE_MS = 60_000;

it.each([
  [30 * 60 * MINUTE_MS, null],
  [24 * 60 * MINUTE_MS, 24 * 60 * MINUTE_MS],
  [7 * MINUTE_MS, 10 * MINUTE_MS],
  [5 * MINUTE_MS, 5 * MINUTE_MS],
  [5 * MINUTE_MS - 1, 5 * MINUTE_MS],
  [31_000, MINUTE_MS],
  [9_000, 10_000],
  [-1, 10_000],
])("%i ms before a reboot the last moment was %s", (leftMs, moment) => {
  expect(momentOf(leftMs)).toBe(moment);
});

it.each([
  [0, "00:00"],
  [-5_000, "00:00"],
  [1, "00:01"],
  [5 * MINUTE_MS, "05:00"],
  [61 * MINUTE_MS + 1_000, "1:01:01"],
  [25 * 60 * MINUTE_MS, "25:00:00"],
])("counts %i ms down as %s", (leftMs, clock) => {
  expect(clockText(leftMs)).toBe(clock);
});
