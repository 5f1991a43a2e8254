import type { AvailabilityState } from "@muster/shared/contracts/availability.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS, dayOf, HOUR_MS } from "../history/period.ts";
import { type Durations, measureDays, NO_TIME, percentOf, type Span, sumOf, toTotal } from "./measure.ts";

const STATES = ["up", "excused", "down", "unknown"] as const;
const FIELD = { up: "upMs", excused: "excusedMs", down: "downMs", unknown: "unknownMs" } as const;
type Interval = Span & { state: AvailabilityState };

const hours = fc.integer({ min: 1, max: 60 });
/** Intervals one after the other, some apart, in whole hours of about two weeks. */
const intervals = fc.array(fc.record({ wait: fc.nat(3), length: hours, state: fc.constantFrom(...STATES) }), {
  maxLength: 12,
});
const gaps = fc.array(fc.record({ wait: hours, length: hours }), { maxLength: 5 });

function layOut<Part extends { wait: number; length: number }>(parts: readonly Part[]) {
  let at = 0;
  return parts.map((part) => {
    const from = at + part.wait * HOUR_MS;
    at = from + part.length * HOUR_MS;
    return { ...part, from, to: at };
  });
}

/** Looks at each hour on its own. */
function measureHourByHour(all: readonly Interval[], none: readonly Span[], range: Span) {
  const days = new Map<number, Durations>();
  for (let hour = range.from; hour < range.to; hour += HOUR_MS) {
    const found = all.find(({ from, to }) => from <= hour && hour < to);
    if (!found) continue;
    const isGap = none.some(({ from, to }) => from <= hour && hour < to);
    const day = days.get(dayOf(hour)) ?? { ...NO_TIME };
    day[FIELD[isGap ? "unknown" : found.state]] += HOUR_MS;
    if (found.state === "down" && found.from === hour) day.outages += 1;
    days.set(dayOf(hour), day);
  }
  return days;
}

describe("measuring days", () => {
  it("agrees with looking at each hour on its own", () => {
    fc.assert(
      fc.property(intervals, gaps, fc.nat(200), hours, (rawIntervals, rawGaps, start, length) => {
        const all = layOut(rawIntervals);
        const none = layOut(rawGaps);
        const range = { from: start * HOUR_MS, to: (start + length * 5) * HOUR_MS };
        expect(measureDays(all, none, range)).toEqual(measureHourByHour(all, none, range));
      }),
      { numRuns: 200 },
    );
  });

  it("gives an outage over midnight to the day on which it began, and its time to both", () => {
    const outage = { state: "down", from: DAY_MS - HOUR_MS, to: DAY_MS + 2 * HOUR_MS } as const;
    const days = measureDays([outage], [], { from: 0, to: 2 * DAY_MS });
    expect(days.get(0)).toMatchObject({ downMs: HOUR_MS, outages: 1 });
    expect(days.get(1)).toMatchObject({ downMs: 2 * HOUR_MS, outages: 0 });
  });
});

describe("the percentage", () => {
  it("leaves out excused and unknown time", () => {
    expect(percentOf({ ...NO_TIME, upMs: 3, downMs: 1, excusedMs: 50, unknownMs: 50 })).toBe(75);
  });
  it("is never 100 with an outage, and has no value without any time", () => {
    expect(percentOf({ ...NO_TIME, upMs: 90 * DAY_MS, downMs: 1 })).toBe(99.999);
    expect(percentOf({ ...NO_TIME, upMs: DAY_MS })).toBe(100);
    expect(percentOf({ ...NO_TIME, downMs: 5 })).toBe(0);
    expect(percentOf({ ...NO_TIME, excusedMs: DAY_MS })).toBeNull();
  });
  it("is that of all devices together, each by its time", () => {
    const sum = sumOf([
      { ...NO_TIME, upMs: 9_000 },
      { ...NO_TIME, downMs: 1_000, outages: 1 },
    ]);
    expect(toTotal(sum)).toMatchObject({ percent: 90, upS: 9, downS: 1, outages: 1 });
  });
});
