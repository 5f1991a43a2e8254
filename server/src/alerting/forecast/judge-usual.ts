import { METRICS } from "@muster/shared/contracts/metric-table.ts";
import type { MetricName } from "@muster/shared/contracts/metric.ts";
import { medianOf, spreadOf } from "./median.ts";

/** Of the 144 averages of three hours in four weeks, so many must exist. */
export const MIN_USUAL_VALUES = 72;
/** The spread is at least this share of the usual value, so that what is nearly constant is not judged by its noise. */
const MIN_SPREAD_SHARE = 0.05;
/** And at least this much: two points of a hundred, a degree, 10 kB/s, 0.1, 100 MB. */
const MIN_SPREAD = { percent: 2, celsius: 1, bytesPerSecond: 10_000, number: 0.1, bytes: 100e6 } as const;

export type Usual = { middle: number; spread: number; count: number };

/** What is usual; null for too few values. */
export function usualOf(metric: MetricName, values: readonly number[]): Usual | null {
  if (values.length < MIN_USUAL_VALUES) return null;
  const middle = medianOf(values);
  const least = Math.max(MIN_SPREAD[METRICS[metric].unit], MIN_SPREAD_SHARE * Math.abs(middle));
  return { middle, spread: Math.max(spreadOf(values, middle), least), count: values.length };
}

/** How many spreads a value is away from the usual one; negative below it. */
export function deviationOf(value: number, { middle, spread }: Usual): number {
  return (value - middle) / spread;
}

const WEEK_MS = 7 * 86_400_000;
const HOUR_MS = 3_600_000;
const USUAL_WEEKS = 4;

/**
 * The spans of [from, to) that are compared with `at`: its hour of the week, the one before and the one after, in each of the four weeks
 * before. In UTC: devices do not say where they are, and an hour on each side holds a change of the clock.
 */
export function usualSpans(at: number): { from: number; to: number }[] {
  const hour = Math.floor(at / HOUR_MS) * HOUR_MS;
  return Array.from({ length: USUAL_WEEKS }, (_, index) => {
    const same = hour - (index + 1) * WEEK_MS;
    return { from: same - HOUR_MS, to: same + 2 * HOUR_MS };
  }).toReversed();
}
