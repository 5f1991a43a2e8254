import { z } from "zod";

export const HealthStatus = z.enum(["ok", "warn", "critical", "unknown"]);
export type HealthStatus = z.infer<typeof HealthStatus>;

const perMetric = z.object({
  /** Value for the CPU. */
  cpu: z.number().int(),
  /** Value for the memory. */
  memory: z.number().int(),
  /** Value for the disk. */
  disk: z.number().int(),
});

/** Health of a device: its score from 0 to 100, the score of each metric, and the points that each metric costs. */
export const Health = z.discriminatedUnion("status", [
  z.object({
    /** Status that follows from the score. */
    status: z.enum(["ok", "warn", "critical"]),
    /** Health score; 100 is best. */
    score: z.number().int().min(0).max(100),
    /** Score of each metric. */
    components: perMetric,
    /** Points lost per metric; they add up to 100 minus the score. */
    lost: perMetric,
  }),
  z.object({
    status: z.literal("unknown"),
    /** Metrics without a value. */
    missing: z.array(z.enum(["cpu", "memory", "disk"])),
  }),
]);
export type Health = z.infer<typeof Health>;
