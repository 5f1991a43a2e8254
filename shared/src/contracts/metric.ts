import { z } from "zod";
import { METRIC_NAMES, type METRICS } from "./metric-table.ts";

// The table itself needs no zod, which an agent must not load to know it.
export { METRIC_NAMES, METRICS, type Metric, type MetricUnit } from "./metric-table.ts";

export type MetricName = keyof typeof METRICS;
export const MetricName = z.enum(METRIC_NAMES);

const share = z.number().min(0).max(100);
const rate = z.number().min(0).max(1e13);

/** One measurement of a machine at one instant of its own clock. A metric that could not be read is left out, never 0. */
export const Sample = z.strictObject({
  /** Epoch milliseconds by the device's clock. */
  at: z.number().int().min(0).max(8.64e15),
  cpu: share.optional(),
  memory: share.optional(),
  swap: share.optional(),
  disk: share.optional(),
  diskFree: z.number().int().min(0).max(1e18).optional(),
  load: z.number().min(0).max(100_000).optional(),
  netIn: rate.optional(),
  netOut: rate.optional(),
  diskRead: rate.optional(),
  diskWrite: rate.optional(),
  temperature: z.number().min(-100).max(300).optional(),
  battery: share.optional(),
});
export type Sample = z.infer<typeof Sample>;
