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
  from: AnyInstant,
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
  times: z.array(z.number()),
  series: z.partialRecord(
    MetricName,
    z.object({ avg: nullableNumbers, min: nullableNumbers.optional(), max: nullableNumbers.optional() }),
  ),
});
export type History = z.infer<typeof History>;

/** Small lines for up to 100 rows of a list: cpu of the last hour, 12 five-minute averages, oldest first. */
export const SparklineQuery = z.object({
  ids: separated(z.array(z.string().max(40)).min(1).max(100)),
});
export const Sparklines = z.object({
  from: Instant,
  stepMs: z.number().int(),
  cpu: z.record(z.string(), nullableNumbers),
});
export type Sparklines = z.infer<typeof Sparklines>;

/** How many instances one answer has lines of. */
export const MAX_SHOWN_INSTANCES = 8;

export const LabelledHistoryQuery = z.object({
  kind: InstanceKindName,
  from: AnyInstant,
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
  times: z.array(z.number()),
  instances: z.array(
    z.object({ number: z.number().int(), name: z.string(), lastSeenAt: Instant, isShown: z.boolean() }),
  ),
  /** True when the device has more instances than are recorded. */
  isLimited: z.boolean(),
  series: z.array(
    z.object({
      instance: z.number().int(),
      metric: z.string(),
      avg: nullableNumbers,
      min: nullableNumbers.optional(),
      max: nullableNumbers.optional(),
    }),
  ),
});
export type LabelledHistory = z.infer<typeof LabelledHistory>;
