import { firstAtOrAfter, type SampleBlock } from "./sample-block.ts";

/** Of one metric, per bucket: how many samples had it, and their scaled average (rounded), minimum and maximum; NaN for none. */
export type RollupColumn = { count: Float64Array; avg: Float64Array; min: Float64Array; max: Float64Array };

/** Buckets of one device, ascending by `starts` (epoch milliseconds, whole steps in UTC); a bucket without samples is left out. */
export type RollupBlock = { starts: Float64Array; columns: Map<number, RollupColumn> };

export const EMPTY_ROLLUPS: RollupBlock = { starts: new Float64Array(0), columns: new Map() };

/** Rolls ascending samples up into buckets of `stepMs`. */
export function rollUp({ times, columns }: SampleBlock, stepMs: number): RollupBlock {
  const { starts, bucketOf } = bucketsOf(times, stepMs);
  const rolled = new Map<number, RollupColumn>();
  for (const [id, values] of columns) {
    const column = emptyColumn(starts.length);
    for (let index = 0; index < values.length; index += 1) {
      const value = values[index] ?? Number.NaN;
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
    for (let index = 0; index < avg.length; index += 1) {
      const weight = count[index] ?? 0;
      if (weight === 0) continue;
      const value = avg[index] ?? 0;
      add(column, bucketOf[index] ?? 0, value, weight, min[index] ?? value, max[index] ?? value);
    }
    rolled.set(id, finish(column));
  }
  return { starts, columns: rolled };
}

/** The buckets that start in [from, to). */
export function sliceRollups({ starts, columns }: RollupBlock, from: number, to: number): RollupBlock {
  const first = firstAtOrAfter(starts, from);
  const end = firstAtOrAfter(starts, to);
  const sliced = new Map<number, RollupColumn>();
  for (const [id, { count, avg, min, max }] of columns) {
    const cut = (values: Float64Array) => values.subarray(first, end);
    sliced.set(id, { count: cut(count), avg: cut(avg), min: cut(min), max: cut(max) });
  }
  return { starts: starts.subarray(first, end), columns: sliced };
}

/** Joins rollups of one step that follow each other. */
export function joinRollups(parts: readonly RollupBlock[]): RollupBlock {
  const filled = parts.filter(({ starts }) => starts.length > 0);
  const [first] = filled;
  if (!first) return EMPTY_ROLLUPS;
  if (filled.length === 1) return first;
  const length = filled.reduce((sum, { starts }) => sum + starts.length, 0);
  const starts = new Float64Array(length);
  const columns = new Map<number, RollupColumn>();
  let offset = 0;
  for (const part of filled) {
    starts.set(part.starts, offset);
    for (const [id, { count, avg, min, max }] of part.columns) {
      let column = columns.get(id);
      if (!column) columns.set(id, (column = finish(emptyColumn(length))));
      column.count.set(count, offset);
      column.avg.set(avg, offset);
      column.min.set(min, offset);
      column.max.set(max, offset);
    }
    offset += part.starts.length;
  }
  return { starts, columns };
}

/** `rollups` with every bucket of [from, to) taken from `fresh` instead. */
export function replaceBuckets(
  rollups: RollupBlock,
  from: number,
  to: number,
  fresh: RollupBlock,
): RollupBlock {
  return joinRollups([
    sliceRollups(rollups, Number.NEGATIVE_INFINITY, from),
    fresh,
    sliceRollups(rollups, to, Number.POSITIVE_INFINITY),
  ]);
}

function bucketsOf(times: Float64Array, stepMs: number) {
  const bucketOf = new Uint32Array(times.length);
  const starts: number[] = [];
  for (let index = 0; index < times.length; index += 1) {
    const start = Math.floor((times[index] ?? 0) / stepMs) * stepMs;
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

/** Until `finish`, `avg` holds the sum. */
function add(
  column: RollupColumn,
  bucket: number,
  value: number,
  weight: number,
  min: number,
  max: number,
): void {
  column.count[bucket] = (column.count[bucket] ?? 0) + weight;
  column.avg[bucket] = (column.avg[bucket] ?? 0) + value * weight;
  // Written so that NaN, which compares as false, is replaced.
  if (!((column.min[bucket] ?? Number.NaN) <= min)) column.min[bucket] = min;
  if (!((column.max[bucket] ?? Number.NaN) >= max)) column.max[bucket] = max;
}

function finish(column: RollupColumn): RollupColumn {
  for (let bucket = 0; bucket < column.count.length; bucket += 1) {
    const count = column.count[bucket] ?? 0;
    column.avg[bucket] = count === 0 ? Number.NaN : Math.round((column.avg[bucket] ?? 0) / count) + 0;
  }
  return column;
}
