import { DAY_MS } from "../history/period.ts";
import type { DeviceInterval } from "./availability.repository.ts";
import { type Durations, measureDays, NO_TIME, type Span, sumOf } from "./measure.ts";

/** What an answer is about: whole days, and the 24 hours before `now`. */
export type MeasuredSpan = { range: Span; now: number };

/** The first moment whose intervals an answer needs, whatever is finished: 24 hours ago. */
export function startOfOpen(now: number): number {
  return now - DAY_MS;
}

/**
 * Measures what is not in the finished days of one device: its days from `next_day` on within the range, and its last 24 hours.
 * `intervals` are those of one device.
 */
export function measureOpen(
  intervals: readonly DeviceInterval[],
  gaps: readonly Span[],
  { range, now }: MeasuredSpan,
): { days: Map<number, Durations>; last24Hours: Durations } {
  const [first] = intervals;
  if (!first) return { days: new Map(), last24Hours: NO_TIME };
  const spans = intervals.map(({ state, started_at, ended_at }) => ({
    state,
    from: started_at,
    to: ended_at ?? now,
  }));
  const unfinished = { from: Math.max(range.from, first.next_day * DAY_MS), to: Math.min(range.to, now) };
  const last24Hours = { from: startOfOpen(now), to: now };
  return {
    days: measureDays(spans, gaps, unfinished),
    last24Hours: sumOf(measureDays(spans, gaps, last24Hours).values()),
  };
}
