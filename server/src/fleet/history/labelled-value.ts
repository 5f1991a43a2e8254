import { INSTANCE_KINDS, type InstanceKind, type LabelledSeries } from "@muster/shared/contracts/metric.ts";
import { labelledMetricsOf } from "@muster/shared/contracts/metric-table.ts";
import { columnOf, toScaled } from "./scaled-value.ts";

/** The numbers of a device's instances, by kind and name. */
export type InstanceNumbers = ReadonlyMap<InstanceKind, ReadonlyMap<string, number>>;

/** A value of one instance: its column and its scaled number. */
export type LabelledValue = { column: number; scaled: number };

const METRICS_BY_KIND = INSTANCE_KINDS.map((kind) => ({ kind, metrics: labelledMetricsOf(kind) }));

/** The labelled values of a sample. Instances without a number are left out. */
export function labelledValues(series: LabelledSeries, numbers: InstanceNumbers): LabelledValue[] {
  const found: LabelledValue[] = [];
  for (const { kind, metrics } of METRICS_BY_KIND) {
    const ofKind: Readonly<Record<string, readonly unknown[] | undefined>> = series[kind] ?? {};
    const instances = (series[kind]?.names ?? []).map((name) => numbers.get(kind)?.get(name));
    for (const [name, { column, digits }] of metrics) {
      const values = ofKind[name] ?? [];
      for (const [index, number] of instances.entries()) {
        const value = values[index];
        if (number !== undefined && typeof value === "number")
          found.push({ column: columnOf(column, number), scaled: toScaled(value, digits) });
      }
    }
  }
  return found;
}
