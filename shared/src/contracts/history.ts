import { z } from "zod";
import { InstanceKindName, METRIC_NAMES, MetricName } from "./metric.ts";
import { separated } from "./separated.ts";
import { AnyInstant, Instant } from "./text.ts";

/** Resolution of a history: samples (`raw`), or average, minimum and maximum per 5 minutes, hour or day. */
export const Resolution = z.enum(["raw", "5m", "1h", "1d"]);
export type Resolution = z.infer<typeof Resolution>;

export const HistoryQuery = z.object({
  /** Metrics to return; all when left out. */
  metrics: separated(z.array(MetricName).min(1).max(METRIC_NAMES.length)).default([...METRIC_NAMES]),
  /** Start of the range; included. */
  from: AnyInstant,
  /** End of the range; not included. */
  to: AnyInstant,
});
export type HistoryQuery = z.infer<typeof HistoryQuery>;

const nullableNumbers = z.array(z.number().nullable());

/**
 * A device's history over [from, to), at the finest resolution that gives at most about 2,000 points. `times` are epoch
 * milliseconds, ascending; each series has one entry per time, null where nothing was measured. A gap without reports is a row of
 * nulls, so that a chart interrupts its line.
 */
export const History = z.object({
  resolution: Resolution,
  /** Epoch milliseconds, ascending. */
  times: z.array(z.number()),
  /** The values by metric. */
  series: z.partialRecord(
    MetricName,
    z.object({
      /** Averages, or samples when `resolution` is `raw`. */
      avg: nullableNumbers,
      /** Minimums; absent when `resolution` is `raw`. */
      min: nullableNumbers.optional(),
      /** Maximums; absent when `resolution` is `raw`. */
      max: nullableNumbers.optional(),
    }),
  ),
});
export type History = z.infer<typeof History>;

/** CPU of the last hour for up to 100 devices: 12 five-minute averages, oldest first. */
export const SparklineQuery = z.object({
  /** Ids of up to 100 devices. */
  ids: separated(z.array(z.string().max(40)).min(1).max(100)),
});
/** CPU of the last hour as 12 averages per device. */
export const Sparklines = z.object({
  from: Instant,
  /** Milliseconds between two values. */
  stepMs: z.number().int(),
  /** Averages in percent by device id, oldest first; null where nothing was measured. */
  cpu: z.record(z.string(), nullableNumbers),
});
export type Sparklines = z.infer<typeof Sparklines>;

/** How many instances one answer has lines of. */
export const MAX_SHOWN_INSTANCES = 8;

export const LabelledHistoryQuery = z.object({
  /** Kind of the series: file systems or network interfaces. */
  kind: InstanceKindName,
  /** Start of the range; included. */
  from: AnyInstant,
  /** End of the range; not included. */
  to: AnyInstant,
  /** Numbers of the instances to return. By default the ones with the worst last values, or with the largest. */
  instances: separated(z.array(z.coerce.number().int().min(1)).min(1).max(MAX_SHOWN_INSTANCES)).optional(),
});
export type LabelledHistoryQuery = z.infer<typeof LabelledHistoryQuery>;

/**
 * The series of the file systems or network interfaces of a device over [from, to), as in `History`. `instances` lists all of the
 * device, ordered by name; those with `isShown` have values in `series`.
 */
export const LabelledHistory = z.object({
  resolution: Resolution,
  /** Epoch milliseconds, ascending. */
  times: z.array(z.number()),
  /** All instances of the kind, ordered by name. */
  instances: z.array(
    z.object({
      /** Number of the instance for the parameter `instances`. */
      number: z.number().int(),
      /** Mount point or name of the interface. */
      name: z.string(),
      lastSeenAt: Instant,
      /** True when `series` has its values. */
      isShown: z.boolean(),
    }),
  ),
  /** True when the device has more instances than are recorded. */
  isLimited: z.boolean(),
  /** The values of the shown instances. */
  series: z.array(
    z.object({
      /** Number of the instance. */
      instance: z.number().int(),
      /** Name of the metric. */
      metric: z.string(),
      /** Averages, or samples when `resolution` is `raw`. */
      avg: nullableNumbers,
      /** Minimums; absent when `resolution` is `raw`. */
      min: nullableNumbers.optional(),
      /** Maximums; absent when `resolution` is `raw`. */
      max: nullableNumbers.optional(),
    }),
  ),
});
export type LabelledHistory = z.infer<typeof LabelledHistory>;
