import type { Sample } from "@muster/shared/contracts/metric.ts";
import { METRIC_NAMES, METRICS } from "@muster/shared/contracts/metric-table.ts";
import type { DeviceFault } from "@muster/shared/contracts/report.ts";
import type { SamplePart } from "./collector.ts";

type Metrics = Partial<Omit<Sample, "at">>;
type Readings = Partial<Record<keyof Metrics, number | null>>;
const MIN_CELSIUS = -100;

/**
 * Metrics within the contract's bounds, rounded to the digits that are kept, and a fault for each that was out of bounds. One above them
 * is the bound; one below is left out, since a 0 would be invented, and so is a temperature. What is no number is left out.
 */
export function fitMetrics(readings: Readings): Required<Pick<SamplePart, "metrics">> & SamplePart {
  const metrics: Metrics = {};
  const faults: DeviceFault[] = [];
  for (const name of METRIC_NAMES) {
    const reading = readings[name];
    if (reading === undefined || reading === null || !Number.isFinite(reading)) continue;
    const { digits, unit } = METRICS[name];
    const value = round(reading, Math.max(0, digits));
    const { least, most } = boundsOf(name);
    const isOutside = value < least || value > most;
    // Without the value, which may be another each time: the fault stays the same.
    if (isOutside)
      faults.push({
        kind: "out-of-range",
        subject: name,
        detail: value < least ? `below ${least}` : `above ${most}`,
      });
    if (isOutside && (value < least || unit === "celsius")) continue;
    metrics[name] = Math.min(value, most);
  }
  return faults.length === 0 ? { metrics } : { metrics, facts: { faults } };
}

function boundsOf(name: keyof typeof METRICS): { least: number; most: number } {
  const { max, unit } = METRICS[name];
  return {
    least: unit === "celsius" ? MIN_CELSIUS : 0,
    // The wire takes whole numbers only as far as a double holds each of them.
    most: unit === "bytes" ? Math.min(max, Number.MAX_SAFE_INTEGER) : max,
  };
}

function round(value: number, digits: number): number {
  const factor = 10 ** digits;
  // Adding zero turns -0, which JSON would keep apart, into 0.
  return Math.round(value * factor) / factor + 0;
}
