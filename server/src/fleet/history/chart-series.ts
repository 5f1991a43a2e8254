import { digitsOfColumn, INTERVAL_COLUMN, unscaler } from "./scaled-value.ts";
import type { RollupBlock } from "./rollup.ts";
import type { SampleBlock } from "./sample-block.ts";

/** Samples that are further apart than this number of intervals have a gap between them. */
const GAP_INTERVALS = 2.5;

/** A line of a chart. `avg` has the values themselves where nothing was rolled up. */
export type Series = { avg: (number | null)[]; min?: (number | null)[]; max?: (number | null)[] };

/** Lines over common times, by column in the order in which they were wanted. A column without values is left out. */
export type ChartSeries = { times: number[]; series: Map<number, Series> };

/** Samples as rows, with a row of nulls in every gap. `intervalMs` is for samples without a report interval of their own. */
export function shapeSamples(
  { times, columns }: SampleBlock,
  wanted: ReadonlySet<number>,
  intervalMs: number,
): ChartSeries {
  const intervalAt = intervalsOf(columns.get(INTERVAL_COLUMN), intervalMs);
  const rows = rowsWithGaps(times, (elapsedMs, at) => elapsedMs > GAP_INTERVALS * intervalAt(at), intervalAt);
  const series = new Map<number, Series>();
  for (const id of wanted) {
    const values = columns.get(id);
    if (values) series.set(id, { avg: fill(rows.positions, values, id) });
  }
  return { times: rows.times, series };
}

/** Rollups of `stepMs` as rows. Buckets have a gap between them when the time between their samples must have one. */
export function shapeRollups(
  { starts, columns }: RollupBlock,
  wanted: ReadonlySet<number>,
  stepMs: number,
  intervalMs: number,
): ChartSeries {
  const intervalAt = intervalsOf(columns.get(INTERVAL_COLUMN)?.avg, intervalMs);
  const isGap = (elapsedMs: number, at: number) => elapsedMs - stepMs > GAP_INTERVALS * intervalAt(at);
  const rows = rowsWithGaps(starts, isGap, () => stepMs);
  const series = new Map<number, Series>();
  for (const id of wanted) {
    const column = columns.get(id);
    if (!column) continue;
    const { avg, min, max } = column;
    series.set(id, {
      avg: fill(rows.positions, avg, id),
      min: fill(rows.positions, min, id),
      max: fill(rows.positions, max, id),
    });
  }
  return { times: rows.times, series };
}

/** The typical interval of samples: the median step, null for fewer than three samples. */
export function medianInterval(times: Float64Array): number | null {
  if (times.length < 3) return null;
  const steps = times.subarray(1).map((time, index) => time - (times[index] ?? 0));
  return steps.toSorted()[steps.length >> 1] ?? null;
}

/** Milliseconds within which the sample after the one at a position was due. */
function intervalsOf(seconds: Float64Array | undefined, otherwiseMs: number): (position: number) => number {
  return (position) => {
    const known = (seconds?.[position] ?? Number.NaN) * 1000;
    return known > 0 ? known : otherwiseMs;
  };
}

/**
 * Times with the gaps' rows added, and where each row's values are; -1 for a gap. `isGap` is asked about the time after the sample at
 * a position, which is what its interval is about.
 */
function rowsWithGaps(
  given: Float64Array,
  isGap: (elapsedMs: number, position: number) => boolean,
  stepAfter: (position: number) => number,
) {
  const times: number[] = [];
  const positions: number[] = [];
  let before = Number.NaN;
  for (let position = 0; position < given.length; position += 1) {
    const time = given[position] ?? 0;
    if (isGap(time - before, position - 1)) {
      times.push(before + stepAfter(position - 1));
      positions.push(-1);
    }
    times.push(time);
    positions.push(position);
    before = time;
  }
  return { times, positions };
}

function fill(positions: readonly number[], values: Float64Array, column: number): (number | null)[] {
  const unscaled = unscaler(digitsOfColumn(column) ?? 0);
  return positions.map((position) => {
    const value = values[position];
    return value === undefined || Number.isNaN(value) ? null : unscaled(value);
  });
}
