import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { correctTimes, updateClockOffset, toServerTime } from "./device-clock.ts";

const NOW = 1_795_163_275_000;
const HOUR = 3_600_000;

describe("device clock", () => {
  test("takes the first measurement, smooths the next, and jumps when the clock was set", () => {
    expect(updateClockOffset(null, 5_000)).toBe(5_000);
    expect(updateClockOffset(5_000, 6_000)).toBe(5_100);
    expect(updateClockOffset(5_000, 40_000)).toBe(40_000);
  });

  test("moves samples to the server's clock and orders them", () => {
    const samples = [{ at: NOW + 10 }, { at: NOW - 20 }];
    expect(correctTimes(samples, 30, NOW)).toEqual({
      samples: [{ at: NOW - 50 }, { at: NOW - 20 }],
      refused: 0,
    });
  });

  test.each([
    [-73 * HOUR, true],
    [-73 * HOUR - 1, false],
    [2 * 60_000, true],
    [2 * 60_000 + 1, false],
  ])("a sample %d ms from now is taken: %s", (distance, isTaken) => {
    const { samples, refused } = correctTimes([{ at: NOW + distance }], 0, NOW);
    expect([samples.length, refused]).toEqual(isTaken ? [1, 0] : [0, 1]);
  });

  test("never returns an invalid instant", () => {
    const anyMs = fc.integer({ min: 0, max: 8.64e15 });
    fc.assert(
      fc.property(anyMs, anyMs, (deviceMs, sentAt) => {
        const at = toServerTime(deviceMs, sentAt - NOW);
        if (at !== null) expect(() => new Date(at).toISOString()).not.toThrow();
      }),
    );
  });
});
