import type { LabelledSeries, Sample } from "@muster/shared/contracts/metric.ts";
import {
  type InstanceKind,
  labelledMetricsOf,
  MAX_INSTANCE_NAME_LENGTH,
  type Metric,
  METRIC_NAMES,
  METRICS,
} from "@muster/shared/contracts/metric-table.ts";
import type { DeviceFault } from "@muster/shared/contracts/report.ts";
import { cleanLine } from "./clean-line.ts";
import type { SamplePart } from "./collector.ts";

type Metrics = Partial<Omit<Sample, "at" | "series">>;
type Readings = Partial<Record<keyof Metrics, number | null>>;

/** One instance of a kind, with what was read of it by the names of the kind's metrics. */
export type InstanceReading = { name: string; values: Readonly<Record<string, number | null | undefined>> };

/** An agent sends the first of more: their series would make reports long and history expensive. */
const MAX_SENT_INSTANCES = 32;

/**
 * Metrics within the contract's bounds, rounded to the digits that are kept, and a fault for each that was out of bounds. One above them
 * is the bound; one below is left out, since a 0 would be invented, and so is a temperature. What is no number is left out.
 */
export function fitMetrics(readings: Readings): Required<Pick<SamplePart, "metrics">> & SamplePart {
  const metrics: Metrics = {};
  const faults: DeviceFault[] = [];
  for (const name of METRIC_NAMES) {
    const { value, outside } = fit(readings[name], METRICS[name]);
    if (value !== null) metrics[name] = value;
    if (outside !== null) faults.push({ kind: "out-of-range", subject: name, detail: outside });
  }
  return faults.length === 0 ? { metrics } : { metrics, facts: { faults } };
}

/** The labelled series of a kind, fitted in the same way but without faults: the metrics of the whole device have them. */
export function fitSeries(kind: InstanceKind, readings: readonly InstanceReading[]): LabelledSeries {
  const named = new Map<string, InstanceReading["values"]>();
  for (const { name, values } of readings) {
    const clean = cleanLine(name, MAX_INSTANCE_NAME_LENGTH);
    if (clean !== undefined && named.size < MAX_SENT_INSTANCES) named.set(clean, values);
  }
  const columns = labelledMetricsOf(kind).map(
    ([metric, definition]) =>
      [metric, [...named.values()].map((values) => fit(values[metric], definition).value)] as const,
  );
  const known = columns.filter(([, values]) => values.some((value) => value !== null));
  if (known.length === 0) return {};
  return { [kind]: { names: [...named.keys()], ...Object.fromEntries(known) } };
}

/** The value to send, null for none, and in words how it is out of bounds: without itself, so that the fault stays the same. */
function fit(
  reading: number | null | undefined,
  { digits, min, max, isLeftOutAboveMax = false }: Metric,
): { value: number | null; outside: string | null } {
  if (reading === undefined || reading === null || !Number.isFinite(reading))
    return { value: null, outside: null };
  const value = round(reading, Math.max(0, digits));
  if (value < min) return { value: null, outside: `below ${min}` };
  if (value > max) return { value: isLeftOutAboveMax ? null : max, outside: `above ${max}` };
  return { value, outside: null };
}

function round(value: number, digits: number): number {
  const factor = 10 ** digits;
  // Adding zero turns -0, which JSON would keep apart, into 0.
  return Math.round(value * factor) / factor + 0;
}
