import { describe, expect, it } from "vitest";
import { refreshAfterMs, relativeTime } from "./relative-time.ts";

const NOW = Date.UTC(2026, 0, 15, 12);

describe("relative time", () => {
  it.each([
    [0, { value: 0, unit: "second" }],
    [-1_900, { value: 0, unit: "second" }],
    [1_500, { value: 0, unit: "second" }],
    [-9_400, { value: -9, unit: "second" }],
    [-59_999, { value: -59, unit: "second" }],
    [-60_000, { value: -1, unit: "minute" }],
    [-3_599_000, { value: -59, unit: "minute" }],
    [-47 * 3_600_000, { value: -47, unit: "hour" }],
    [-48 * 3_600_000, { value: -2, unit: "day" }],
    [-70 * 86_400_000, { value: -2, unit: "month" }],
    [-800 * 86_400_000, { value: -2, unit: "year" }],
    [365 * 86_400_000 - 5_000, { value: 12, unit: "month" }],
    [7 * 86_400_000 - 5_000, { value: 7, unit: "day" }],
    [-(365 * 86_400_000 - 5_000), { value: -11, unit: "month" }],
    [3 * 3_600_000, { value: 3, unit: "hour" }],
  ])("formats %i ms as %o", (distance, expected) => {
    expect(relativeTime(NOW + distance, NOW)).toEqual(expected);
  });

  it("is updated more often the nearer the time is", () => {
    expect(refreshAfterMs(NOW - 5_000, NOW)).toBeLessThan(refreshAfterMs(NOW - 600_000, NOW));
    expect(refreshAfterMs(NOW - 600_000, NOW)).toBeLessThan(refreshAfterMs(NOW - 7_200_000, NOW));
  });
});
