import type { History } from "@muster/shared/contracts/history.ts";
import { METRICS, type MetricName } from "@muster/shared/contracts/metric.ts";
import { unscaler } from "./scaled-value.ts";
import type { RollupBlock } from "./rollup.ts";
import type { SampleBlock } from "./sample-block.ts";

/** Samples that are further apart than this number of intervals have a gap between them. */
const GAP_INTERVALS = 2.5;

/** Samples as the contract's rows, with a row of nulls in every gap of more than 2.5 times `intervalMs`. */
export function shapeSamples(
  { times, columns }: SampleBlock,
  metrics: readonly MetricName[],
  intervalMs: number,
): Pick<History, "times" | "series"> {
  const rows = rowsWithGaps(times, (elapsedMs) => elapsedMs > GAP_INTERVALS * intervalMs, intervalMs);
  const series: History["series"] = {};
  for (const metric of metrics) {
    const values = columns.get(METRICS[metric].column);
    if (values) series[metric] = { avg: fill(rows.positions, values, METRICS[metric].digits) };
  }
  return { times: rows.times, series };
}

/** Rollups of `stepMs` as the contract's rows. Buckets have a gap between them when the time between their samples must have one. */
export function shapeRollups(
  { starts, columns }: RollupBlock,
  metrics: readonly MetricName[],
  stepMs: number,
  intervalMs: number,
): Pick<History, "times" | "series"> {
  const rows = rowsWithGaps(starts, (elapsedMs) => elapsedMs - stepMs > GAP_INTERVALS * intervalMs, stepMs);
  const series: History["series"] = {};
  for (const metric of metrics) {
    const column = columns.get(METRICS[metric].column);
    if (!column) continue;
    const { digits } = METRICS[metric];
    series[metric] = {
      avg: fill(rows.positions, column.avg, digits),
      min: fill(rows.positions, column.min, digits),
      max: fill(rows.positions, column.max, digits),
    };
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

function fill(positions: readonly number[], values: Float64Array, digits: number): (number | null)[] {
  const unscaled = unscaler(digits);
  return positions.map((position) => {
    const value = values[position];
    return value === undefined || Number.isNaN(value) ? null : unscaled(value);
  });
}
