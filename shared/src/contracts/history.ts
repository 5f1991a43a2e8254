import { z } from "zod";
import { InstanceKindName, METRIC_NAMES, MetricName } from "./metric.ts";
import { separated } from "./separated.ts";
import { AnyInstant, Instant } from "./text.ts";

/** How coarse a history is: the samples themselves, or min / avg / max per 5 minutes, hour or day. */
export const Resolution = z.enum(["raw", "5m", "1h", "1d"]);
export type Resolution = z.infer<typeof Resolution>;

export const HistoryQuery = z.object({
  /** All of them when left out. */
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
 * milliseconds, ascending; each series has one entry per time, null where nothing was measured. A pause longer than the
 * interval allows is a row of nulls, so that a chart breaks its line.
 */
export const History = z.object({
  resolution: Resolution,
  /** Epoch milliseconds, ascending. */
  times: z.array(z.number()),
  /** The values by metric. */
  series: z.partialRecord(
    MetricName,
    z.object({
      /** Averages, or the samples themselves. */
      avg: nullableNumbers,
      /** Lowest values; absent for samples. */
      min: nullableNumbers.optional(),
      /** Highest values; absent for samples. */
      max: nullableNumbers.optional(),
    }),
  ),
});
export type History = z.infer<typeof History>;

/** Small lines for up to 100 rows of a list: cpu of the last hour, 12 five-minute averages, oldest first. */
export const SparklineQuery = z.object({
  /** Ids of up to 100 devices. */
  ids: separated(z.array(z.string().max(40)).min(1).max(100)),
});
/** CPU of the last hour in 12 averages for each device. */
export const Sparklines = z.object({
  from: Instant,
  /** Milliseconds between two values. */
  stepMs: z.number().int(),
  /** Averages in percent by the id of the device, oldest first; null where nothing was measured. */
  cpu: z.record(z.string(), nullableNumbers),
});
export type Sparklines = z.infer<typeof Sparklines>;

/** How many instances one answer has lines of. */
export const MAX_SHOWN_INSTANCES = 8;

export const LabelledHistoryQuery = z.object({
  /** What the device has several of. */
  kind: InstanceKindName,
  /** Start of the range; included. */
  from: AnyInstant,
  /** End of the range; not included. */
  to: AnyInstant,
  /** Numbers of the instances to show. Left out: those whose last value is the worst, or the largest where none is worse. */
  instances: separated(z.array(z.coerce.number().int().min(1)).min(1).max(MAX_SHOWN_INSTANCES)).optional(),
});
export type LabelledHistoryQuery = z.infer<typeof LabelledHistoryQuery>;

/**
 * The labelled series of one kind, such as the file systems of a device, over [from, to); otherwise as `History`. `instances` are all
 * that the device has, by name; those with `isShown` have lines.
 */
export const LabelledHistory = z.object({
  resolution: Resolution,
  /** Epoch milliseconds, ascending. */
  times: z.array(z.number()),
  /** All instances of the kind, by name. */
  instances: z.array(
    z.object({
      /** Number of the instance, for the parameter `instances`. */
      number: z.number().int(),
      /** Name of the instance: a mount point, an interface. */
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
      /** Averages, or the samples themselves. */
      avg: nullableNumbers,
      /** Lowest values; absent for samples. */
      min: nullableNumbers.optional(),
      /** Highest values; absent for samples. */
      max: nullableNumbers.optional(),
    }),
  ),
});
export type LabelledHistory = z.infer<typeof LabelledHistory>;
