import { METRICS } from "@muster/shared/contracts/metric.ts";
import { fromScaled } from "./scaled-value.ts";
import { FIVE_MINUTES_MS } from "./period.ts";
import type { SampleBlock } from "./sample-block.ts";

const SPARKLINE_POINTS = 12;
export const SPARKLINE_STEP_MS = FIVE_MINUTES_MS;

/** Sums of a device's scaled cpu in the 12 buckets from `first` on (counted from the epoch), which move along with time. */
export type Sparkline = { first: number; sums: Float64Array; counts: Float64Array };

/** The buckets of the hour that ends with the bucket of `now`. */
export function firstBucket(now: number): number {
  return Math.floor(now / SPARKLINE_STEP_MS) - SPARKLINE_POINTS + 1;
}

export function emptySparkline(first: number): Sparkline {
  return { first, sums: new Float64Array(SPARKLINE_POINTS), counts: new Float64Array(SPARKLINE_POINTS) };
}

/** The same line from a later bucket on; earlier buckets are dropped. */
export function moveTo({ first, sums, counts }: Sparkline, later: number): Sparkline {
  const moved = emptySparkline(later);
  const shift = later - first;
  if (shift >= SPARKLINE_POINTS) return moved;
  moved.sums.set(sums.subarray(shift));
  moved.counts.set(counts.subarray(shift));
  return moved;
}

export function addSamples(line: Sparkline, { times, columns }: SampleBlock): void {
  const values = columns.get(METRICS.cpu.column);
  if (!values) return;
  for (const [index, value] of values.entries()) {
    const bucket = Math.floor((times[index] ?? 0) / SPARKLINE_STEP_MS) - line.first;
    if (Number.isNaN(value) || bucket < 0 || bucket >= SPARKLINE_POINTS) continue;
    line.sums[bucket] = (line.sums[bucket] ?? 0) + value;
    line.counts[bucket] = (line.counts[bucket] ?? 0) + 1;
  }
}

/** Averages in percent, oldest first; null for a bucket without samples. */
export function averagesOf({ sums, counts }: Sparkline): (number | null)[] {
  return Array.from(counts, (count, bucket) =>
    count === 0 ? null : fromScaled(Math.round((sums[bucket] ?? 0) / count), METRICS.cpu.digits),
  );
}
