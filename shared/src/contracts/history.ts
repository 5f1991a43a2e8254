import { z } from "zod";
import { METRIC_NAMES, MetricName } from "./metric.ts";
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
