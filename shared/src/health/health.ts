import { z } from "zod";

export const HealthStatus = z.enum(["ok", "warn", "critical", "unknown"]);
export type HealthStatus = z.infer<typeof HealthStatus>;

const perMetric = z.object({
  /** For the CPU. */
  cpu: z.number().int(),
  /** For the memory. */
  memory: z.number().int(),
  /** For the disk. */
  disk: z.number().int(),
});

/** Health of a device: score 0 to 100, what each metric is worth by itself, and the points each one costs. */
export const Health = z.discriminatedUnion("status", [
  z.object({
    /** State that follows from the score. */
    status: z.enum(["ok", "warn", "critical"]),
    /** 100 is healthy, 0 is not. */
    score: z.number().int().min(0).max(100),
    /** Score of each metric. */
    components: perMetric,
    /** Points lost per metric; they add up to 100 minus the score. */
    lost: perMetric,
  }),
  z.object({
    status: z.literal("unknown"),
    /** Metrics that are missing. */
    missing: z.array(z.enum(["cpu", "memory", "disk"])),
  }),
]);
export type Health = z.infer<typeof Health>;
