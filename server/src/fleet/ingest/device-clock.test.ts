import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  backfillOffset,
  type ClockOffset,
  correctClockOffset,
  correctTimes,
  toServerTime,
  updateClockOffset,
} from "./device-clock.ts";

const NOW = 1_795_163_275_000;
const HOUR = 3_600_000;

describe("device clock", () => {
  const after = (offsetMs: number | null, measured: readonly number[], isAfterGap = false): ClockOffset =>
    measured.reduce<ClockOffset>((before, ms) => updateClockOffset(before, ms, isAfterGap), {
      offsetMs,
      stepMs: null,
    });

  test("uses the first measurement, smooths the next, and jumps when the clock was set forward", () => {
    expect(after(null, [5_000]).offsetMs).toBe(5_000);
    expect(after(5_000, [6_000]).offsetMs).toBe(5_100);
    expect(after(5_000, [40_000]).offsetMs).toBe(40_000);
  });

  test.each([
    ["one delayed report", 0, [-20_000], 0],
    ["a delayed report between two prompt ones", 0, [-20_000, 0], 0],
    ["two delayed reports with a prompt one between them", 0, [-20_000, 0, -900_000], 0],
    ["a clock that was set back", 0, [-3_600_000, -3_600_000], -3_600_000],
    ["a clock that was set back, the first report after it delayed", 0, [-3_615_000, -3_600_000], -3_600_000],
    [
      "a clock that was set back, the second report after it delayed",
      0,
      [-3_600_000, -3_615_000],
      -3_600_000,
    ],
    ["a first report that was delayed", null, [-900_000, 0], 0],
  ])("%s", (_, offsetMs, measured, expected) => {
    expect(after(offsetMs, measured).offsetMs).toBe(expected);
  });

  test("is not moved back by a first report after a gap in the presence clock, only forward", () => {
    expect(after(0, [-900_000, -900_000], true)).toEqual({ offsetMs: 0, stepMs: null });
    expect(after(0, [900_000], true).offsetMs).toBe(900_000);
  });

  test("is corrected by the repetition of a delayed report", () => {
    expect(correctClockOffset({ offsetMs: -20_000, stepMs: null }, 0)).toEqual({ offsetMs: 0, stepMs: null });
    expect(correctClockOffset({ offsetMs: 0, stepMs: -20_000 }, -100)).toEqual({ offsetMs: 0, stepMs: null });
    expect(correctClockOffset({ offsetMs: 0, stepMs: null }, -20_000)).toBeNull();
    expect(correctClockOffset({ offsetMs: null, stepMs: null }, 0)).toBeNull();
  });

  test("never places a sample of a backfill report after the report, whatever reports were delayed before", () => {
    const delay = fc.integer({ min: 0, max: 3_600_000 });
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.array(delay, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 7_200_000 }),
        (trueOffset, delays, age) => {
          const clock = after(
            null,
            delays.map((ms) => trueOffset - ms),
          );
          const sample = { at: NOW + trueOffset - age };
          const { samples } = correctTimes([sample], backfillOffset(clock, trueOffset), NOW);
          expect(samples[0]?.at).toBeLessThanOrEqual(NOW);
        },
      ),
    );
  });

  test("is not distorted by one delayed report between prompt ones", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.array(fc.integer({ min: 0, max: 1e7 })),
        (truth, delays) => {
          const clock = after(
            truth,
            delays.flatMap((ms) => [truth - ms, truth]),
          );
          expect(Math.abs((clock.offsetMs ?? 0) - truth)).toBeLessThanOrEqual(10_000);
        },
      ),
    );
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
  ])("accepts a sample %d ms from now: %s", (distance, isTaken) => {
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
