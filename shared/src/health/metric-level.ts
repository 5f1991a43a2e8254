import { type HealthMetric, scoreOf } from "./score-formula.ts";

export type MetricLevel = "ok" | "warn" | "critical";

/** From this share on a file system is critical whatever the score says, as for the attention. */
export const DISK_FLOOR_PERCENT = 95;

/**
 * How bad one metric is: the status that the score would have if no other metric cost points. So a metric is never worse than the
 * device that has it.
 */
export function metricLevelOf(metric: HealthMetric, percent: number): MetricLevel {
  if (metric === "disk" && percent >= DISK_FLOOR_PERCENT) return "critical";
  return scoreOf({ cpu: 0, memory: 0, disk: 0, [metric]: percent })?.status ?? "ok";
}
