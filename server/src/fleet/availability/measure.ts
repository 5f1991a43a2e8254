import { availabilityPercent } from "@muster/shared/availability-percent.ts";
import type { AvailabilityState, AvailabilityTotal } from "@muster/shared/contracts/availability.ts";
import { DAY_MS, dayOf } from "../history/period.ts";

/** A time from `from` to before `to`, by the wall clock. */
export type Span = { from: number; to: number };

/** The times of one or more devices in each state, in milliseconds, and the outages that began. */
export type Durations = {
  upMs: number;
  excusedMs: number;
  downMs: number;
  unknownMs: number;
  outages: number;
};

const FIELD = { up: "upMs", excused: "excusedMs", down: "downMs", unknown: "unknownMs" } as const;

export const NO_TIME: Durations = { upMs: 0, excusedMs: 0, downMs: 0, unknownMs: 0, outages: 0 };

/**
 * The durations of each day in UTC that has any, within `range`. `gaps` are the times in which no server ran, in order and apart from each
 * other: whatever a device seemed to be then is unknown.
 */
export function measureDays(
  intervals: readonly (Span & { state: AvailabilityState })[],
  gaps: readonly Span[],
  range: Span,
): Map<number, Durations> {
  const days = new Map<number, Durations>();
  const dayAt = (time: number) => {
    const day = dayOf(time);
    const known = days.get(day) ?? { ...NO_TIME };
    days.set(day, known);
    return known;
  };
  const add = (state: AvailabilityState, from: number, to: number) => {
    for (let start = from; start < to; ) {
      const end = Math.min(to, (dayOf(start) + 1) * DAY_MS);
      dayAt(start)[FIELD[state]] += end - start;
      start = end;
    }
  };
  for (const { state, from, to } of intervals) {
    if (state === "down" && from >= range.from && from < range.to) dayAt(from).outages += 1;
    let start = Math.max(from, range.from);
    const end = Math.min(to, range.to);
    for (const gap of gaps) {
      if (gap.to <= start) continue;
      if (gap.from >= end) break;
      add(state, start, gap.from);
      const gapEnd = Math.min(gap.to, end);
      add("unknown", Math.max(start, gap.from), gapEnd);
      start = gapEnd;
    }
    add(state, start, end);
  }
  return days;
}

/** The part of a span in which a server ran, in milliseconds. */
export function withoutGaps({ from, to }: Span, gaps: readonly Span[]): number {
  const lost = gaps.map((gap) => Math.max(0, Math.min(gap.to, to) - Math.max(gap.from, from)));
  return to - from - lost.reduce((sum, ms) => sum + ms, 0);
}

export function sumOf(parts: Iterable<Durations>): Durations {
  const sum = { ...NO_TIME };
  for (const part of parts) addTo(sum, part);
  return sum;
}

/** Adds to durations in place: a group adds up a million days. */
export function addTo(sum: Durations, part: Durations): void {
  sum.upMs += part.upMs;
  sum.excusedMs += part.excusedMs;
  sum.downMs += part.downMs;
  sum.unknownMs += part.unknownMs;
  sum.outages += part.outages;
}

export function percentOf({ upMs, downMs }: Durations): number | null {
  return availabilityPercent(upMs, downMs);
}

export function toTotal(durations: Durations): AvailabilityTotal {
  const { upMs, excusedMs, downMs, unknownMs, outages } = durations;
  const seconds = (ms: number) => Math.round(ms / 1_000);
  return {
    percent: percentOf(durations),
    upS: seconds(upMs),
    excusedS: seconds(excusedMs),
    downS: seconds(downMs),
    unknownS: seconds(unknownMs),
    outages,
  };
}
