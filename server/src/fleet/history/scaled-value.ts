import { INSTANCE_KINDS, METRICS, METRIC_NAMES, type MetricName } from "@muster/shared/contracts/metric.ts";
import { labelledMetricsOf } from "@muster/shared/contracts/metric-table.ts";

/** A column of stored history: its id and how many digits after the point it keeps (negative: before the point). */
export type Column = { id: number; name: MetricName; digits: number };

/** Every column of whole devices that is written, in order of id. */
export const COLUMNS: readonly Column[] = METRIC_NAMES.map((name) => ({
  id: METRICS[name].column,
  name,
  digits: METRICS[name].digits,
})).toSorted((one, other) => one.id - other.id);

/** Column of the report interval in seconds, which was in force when a sample was taken. It is no metric: gaps are judged by it. */
export const INTERVAL_COLUMN = 13;

/** Ids of metrics end below it; what is above them in the id of a column is the number of the instance. */
const INSTANCE_STEP = 256;

const digitsById = new Map([
  ...COLUMNS.map(({ id, digits }) => [id, digits] as const),
  [INTERVAL_COLUMN, 0] as const,
  ...INSTANCE_KINDS.flatMap(labelledMetricsOf).map(([, { column, digits }]) => [column, digits] as const),
]);

/** The column of a labelled metric for one instance. Instances are numbered from 1; 0 is the device itself. */
export function columnOf(metricColumn: number, instance: number): number {
  return instance * INSTANCE_STEP + metricColumn;
}

/** Digits of a column that this version writes, undefined for one it does not know. */
export function digitsOfColumn(id: number): number | undefined {
  return digitsById.get(id % INSTANCE_STEP);
}

const POWERS = Array.from({ length: 20 }, (_, exponent) => 10 ** exponent);

function power(exponent: number): number {
  return POWERS[exponent] ?? 10 ** exponent;
}

/** The whole number under which `value` is stored when `digits` after the point are kept. */
export function toScaled(value: number, digits: number): number {
  const scaled = digits >= 0 ? value * power(digits) : value / power(-digits);
  // `+ 0` turns a negative zero, which bytes cannot tell from zero, into zero.
  return Math.round(scaled) + 0;
}

/** The value that a stored whole number stands for. */
export function fromScaled(scaled: number, digits: number): number {
  return unscaler(digits)(scaled);
}

/** `fromScaled` for many numbers of the same digits. */
export function unscaler(digits: number): (scaled: number) => number {
  const factor = power(Math.abs(digits));
  return digits >= 0 ? (scaled) => scaled / factor : (scaled) => scaled * factor;
}

/** The same values with other digits; `scaled` itself when they are the same. */
export function rescale(scaled: Float64Array, digits: number, wantedDigits: number): Float64Array {
  if (digits === wantedDigits) return scaled;
  return scaled.map((value) => toScaled(fromScaled(value, digits), wantedDigits));
}
