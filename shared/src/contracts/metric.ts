import { z } from "zod";
import { mapTable } from "../keys-of.ts";
import {
  INSTANCE_KINDS,
  LABELLED_METRICS,
  MAX_INSTANCE_NAME_LENGTH,
  MAX_INSTANCES_PER_SAMPLE,
  METRIC_NAMES,
  METRICS,
  type Metric,
} from "./metric-table.ts";
import { line } from "./text.ts";

// The table itself needs no zod, which an agent must not load to know it.
export {
  INSTANCE_KINDS,
  type InstanceKind,
  LABELLED_METRICS,
  METRIC_NAMES,
  METRICS,
  type Metric,
  type MetricUnit,
} from "./metric-table.ts";

export type MetricName = keyof typeof METRICS;
/** Name of a metric of a whole device. */
export const MetricName = z.enum(METRIC_NAMES);
export const InstanceKindName = z.enum(INSTANCE_KINDS);

/**
 * The values of labelled series, by the kind of instance. Each list of values is in the order of `names`, null where the instance
 * has none; a list may end early.
 */
export const LabelledSeries = z.strictObject({
  /** File systems by mount point. */
  fileSystem: valuesOf(LABELLED_METRICS.fileSystem).optional(),
  /** Network interfaces by name. */
  networkInterface: valuesOf(LABELLED_METRICS.networkInterface).optional(),
});
export type LabelledSeries = z.infer<typeof LabelledSeries>;

/** One measurement of a machine at one instant of its own clock. A metric that could not be read is left out, never 0. */
export const Sample = z.strictObject({
  /** Epoch milliseconds by the device's clock. */
  at: z.number().int().min(0).max(8.64e15),
  ...mapTable(METRICS, (metric) => valueOf(metric).optional()),
  series: LabelledSeries.optional(),
});
export type Sample = z.infer<typeof Sample>;

function valueOf({ min, max, unit }: Metric) {
  const value = z.number().min(min).max(max);
  return unit === "bytes" ? value.int() : value;
}

// oxlint-disable-next-line no-unnecessary-type-parameters -- it keeps the keys of the table, whose comments describe the fields
function valuesOf<Metrics extends Readonly<Record<string, Metric>>>(metrics: Metrics) {
  return z.strictObject({
    /** Names of the instances. */
    names: z.array(line(MAX_INSTANCE_NAME_LENGTH)).max(MAX_INSTANCES_PER_SAMPLE),
    ...mapTable(metrics, (metric) =>
      z.array(valueOf(metric).nullable()).max(MAX_INSTANCES_PER_SAMPLE).optional(),
    ),
  });
}
