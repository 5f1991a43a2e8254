import type { MetricsPort } from "../platform/ports.ts";
import type { SampleCollector } from "./collector.ts";
import { fitMetrics } from "./fit-metrics.ts";

/** Memory in use (total minus available) and swap in use; no swap figure where there is no swap. */
export function createMemoryCollector(metrics: MetricsPort): SampleCollector {
  return {
    name: "memory",
    section: "sample",
    timeoutMs: 2_000,
    async collect() {
      const { totalBytes, availableBytes, swapTotalBytes, swapUsedBytes } = await metrics.memory();
      const memory = (1 - availableBytes / totalBytes) * 100;
      const swap = swapTotalBytes > 0 ? (swapUsedBytes / swapTotalBytes) * 100 : null;
      return { kind: "value", value: { metrics: fitMetrics({ memory, swap }) } };
    },
  };
}
