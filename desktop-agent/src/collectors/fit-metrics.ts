import type { Sample } from "@muster/shared/contracts/metric.ts";
import { METRIC_NAMES, METRICS } from "@muster/shared/contracts/metric-table.ts";

type Metrics = Partial<Omit<Sample, "at">>;
const MIN_CELSIUS = -100;

/** Metrics within the contract's bounds, rounded to the digits that are kept. What is no number, or out of bounds, is left out. */
export function fitMetrics(readings: Partial<Record<keyof Metrics, number | null>>): Metrics {
  const fitting: Metrics = {};
  for (const name of METRIC_NAMES) {
    const reading = readings[name];
    if (reading === undefined || reading === null || !Number.isFinite(reading)) continue;
    const { digits, max, unit } = METRICS[name];
    const value = round(reading, Math.max(0, digits));
    const least = unit === "celsius" ? MIN_CELSIUS : 0;
    // The wire takes whole numbers only as far as a double holds each of them.
    const most = unit === "bytes" ? Math.min(max, Number.MAX_SAFE_INTEGER) : max;
    if (value >= least && value <= most) fitting[name] = value;
  }
  return fitting;
}

function round(value: number, digits: number): number {
  const factor = 10 ** digits;
  // Adding zero turns -0, which JSON would keep apart, into 0.
  return Math.round(value * factor) / factor + 0;
}
