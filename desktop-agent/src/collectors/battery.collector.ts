import type { MetricsPort } from "../platform/ports.ts";
import type { SampleCollector } from "./collector.ts";
import { fitMetrics } from "./fit-metrics.ts";

/** Charge of the battery in percent. */
export function createBatteryCollector(metrics: MetricsPort): SampleCollector {
  return {
    name: "battery",
    section: "sample",
    timeoutMs: 10_000,
    everyMs: 60_000,
    async collect(signal) {
      const battery = await metrics.batteryPercent(signal);
      return { kind: "value", value: { metrics: fitMetrics({ battery }) } };
    },
  };
}
