import type { SampleBlock } from "./sample-block.ts";

export const FIVE_MINUTES_MS = 300_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** Of one metric, per bucket: how many samples had it, and their scaled average (rounded), least and greatest; NaN for none. */
export type RollupColumn = {
  count: Float64Array;
  avg: Float64Array;
  min: Float64Array;
  max: Float64Array;
};

/** Buckets of one device, ascending by `starts` (epoch milliseconds, whole steps in UTC); a bucket without samples is left out. */
export type RollupBlock = { starts: Float64Array; columns: Map<number, RollupColumn> };

export const EMPTY_ROLLUPS: RollupBlock = { starts: new Float64Array(0), columns: new Map() };

/** Rolls ascending samples up into buckets of `stepMs`. */
export function rollUp({ times, columns }: SampleBlock, stepMs: number): RollupBlock {
  const { starts, bucketOf } = bucketsOf(times, stepMs);
  const rolled = new Map<number, RollupColumn>();
  for (const [id, values] of columns) {
    const column = emptyColumn(starts.length);
    for (const [index, value] of values.entries()) {
      if (!Number.isNaN(value)) add(column, bucketOf[index] ?? 0, value, 1, value, value);
    }
    rolled.set(id, finish(column));
  }
  return { starts, columns: rolled };
}

/** Rolls finer rollups up into coarser ones; averages weigh by their counts. */
export function coarsen({ starts: fine, columns }: RollupBlock, stepMs: number): RollupBlock {
  const { starts, bucketOf } = bucketsOf(fine, stepMs);
  const rolled = new Map<number, RollupColumn>();
  for (const [id, { count, avg, min, max }] of columns) {
    const column = emptyColumn(starts.length);
    for (const [index, value] of avg.entries()) {
      const weight = count[index] ?? 0;
      if (weight > 0) add(column, bucketOf[index] ?? 0, value, weight, min[index] ?? value, max[index] ?? value);
    }
    rolled.set(id, finish(column));
  }
  return { starts, columns: rolled };
}

function bucketsOf(times: Float64Array, stepMs: number) {
  const bucketOf = new Uint32Array(times.length);
  const starts: number[] = [];
  for (const [index, time] of times.entries()) {
    const start = Math.floor(time / stepMs) * stepMs;
    if (starts.at(-1) !== start) starts.push(start);
    bucketOf[index] = starts.length - 1;
  }
  return { starts: Float64Array.from(starts), bucketOf };
}

function emptyColumn(length: number): RollupColumn {
  return {
    count: new Float64Array(length),
    avg: new Float64Array(length),
    min: new Float64Array(length).fill(Number.NaN),
    max: new Float64Array(length).fill(Number.NaN),
  };
}

/** Until `finish`, `avg` holds the sum: at most 2^53 for a day of the largest figures, so it is exact. */
function add(column: RollupColumn, bucket: number, value: number, weight: number, min: number, max: number): void {
  column.count[bucket] = (column.count[bucket] ?? 0) + weight;
  column.avg[bucket] = (column.avg[bucket] ?? 0) + value * weight;
  const least = column.min[bucket] ?? Number.NaN;
  const greatest = column.max[bucket] ?? Number.NaN;
  if (!(least <= min)) column.min[bucket] = min;
  if (!(greatest >= max)) column.max[bucket] = max;
}

function finish(column: RollupColumn): RollupColumn {
  for (const [bucket, count] of column.count.entries()) {
    column.avg[bucket] = count === 0 ? Number.NaN : Math.round((column.avg[bucket] ?? 0) / count) + 0;
  }
  return column;
}
