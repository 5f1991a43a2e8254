import { NEEDS_TWO_READINGS, type SampleCollector } from "./collector.ts";
import { settleMemory } from "./contradictions.ts";
import { fitMetrics } from "./fit-metrics.ts";
import type { CpuTimes, MetricsPort } from "../platform/ports.ts";

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
        value: fitMetrics({ cpu: total > 0 ? (busy / total) * 100 : null }),
      };
    },
  };
}

/** One-minute load average. */
export function createLoadCollector(metrics: MetricsPort): SampleCollector {
  return {
    name: "load",
    section: "sample",
    timeoutMs: 2_000,
    async collect() {
      return { kind: "value", value: fitMetrics({ load: await metrics.loadAverage() }) };
    },
  };
}

/** Memory in use (total minus available) and swap in use; no swap metric where there is no swap. */
export function createMemoryCollector(metrics: MetricsPort): SampleCollector {
  return {
    name: "memory",
    section: "sample",
    timeoutMs: 2_000,
    async collect() {
      const { reading, faults } = settleMemory(await metrics.memory());
      const { totalBytes, availableBytes, swapTotalBytes, swapUsedBytes } = reading;
      const memory = (1 - availableBytes / totalBytes) * 100;
      const swap = swapTotalBytes > 0 ? (swapUsedBytes / swapTotalBytes) * 100 : null;
      const fitting = fitMetrics({ memory, swap });
      const all = [...faults, ...(fitting.facts?.faults ?? [])];
      return { kind: "value", value: all.length === 0 ? fitting : { ...fitting, facts: { faults: all } } };
    },
  };
}
