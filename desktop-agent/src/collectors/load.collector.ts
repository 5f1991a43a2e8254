import type { MetricsPort } from "../platform/ports.ts";
import type { SampleCollector } from "./collector.ts";
import { fitMetrics } from "./fit-metrics.ts";

/** One-minute load average. */
export function createLoadCollector(metrics: MetricsPort): SampleCollector {
  return {
    name: "load",
    section: "sample",
    timeoutMs: 2_000,
    async collect() {
      return { kind: "value", value: { metrics: fitMetrics({ load: await metrics.loadAverage() }) } };
    },
  };
}
