import type { CpuTimes, MetricsPort } from "../platform/ports.ts";
import type { SampleCollector } from "./collector.ts";
import { fitMetrics } from "./fit-metrics.ts";
import { NEEDS_TWO_READINGS } from "./needs-two-readings.ts";

/** Busy share of all cores since the last run. */
export function createCpuCollector(metrics: MetricsPort): SampleCollector {
  let last: CpuTimes | undefined;
  return {
    name: "cpu",
    section: "sample",
    timeoutMs: 2_000,
    async collect() {
      const before = last;
      const now = await metrics.cpuTimes();
      last = now;
      if (before === undefined) return NEEDS_TWO_READINGS;
      const total = now.total - before.total;
      const busy = Math.min(total, Math.max(0, now.busy - before.busy));
      return {
        kind: "value",
        value: { metrics: fitMetrics({ cpu: total > 0 ? (busy / total) * 100 : null }) },
      };
    },
  };
}
