import { digitsOfColumn, unscaler } from "./scaled-value.ts";
import type { RollupBlock } from "./rollup.ts";
import type { SampleBlock } from "./sample-block.ts";

/** Samples that are further apart than this number of intervals have a gap between them. */
const GAP_INTERVALS = 2.5;

/** A line of a chart. `avg` has the values themselves where nothing was rolled up. */
export type Series = { avg: (number | null)[]; min?: (number | null)[]; max?: (number | null)[] };

/** Lines over common times, by column in the order in which they were wanted. A column without values is left out. */
export type ChartSeries = { times: number[]; series: Map<number, Series> };

/** Samples as rows, with a row of nulls in every gap of more than 2.5 times `intervalMs`. */
export function shapeSamples(
  { times, columns }: SampleBlock,
  wanted: ReadonlySet<number>,
  intervalMs: number,
): ChartSeries {
  const rows = rowsWithGaps(times, (elapsedMs) => elapsedMs > GAP_INTERVALS * intervalMs, intervalMs);
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
  const rows = rowsWithGaps(starts, (elapsedMs) => elapsedMs - stepMs > GAP_INTERVALS * intervalMs, stepMs);
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

/** Times with the gaps' rows added, and where each row's values are; -1 for a gap. */
function rowsWithGaps(given: Float64Array, isGap: (elapsedMs: number) => boolean, stepMs: number) {
  const times: number[] = [];
  const positions: number[] = [];
  let before = Number.NaN;
  for (let position = 0; position < given.length; position += 1) {
    const time = given[position] ?? 0;
    if (isGap(time - before)) {
      times.push(before + stepMs);
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
