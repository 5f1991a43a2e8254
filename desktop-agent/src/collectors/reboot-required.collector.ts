import type { MetricsPort } from "../platform/ports.ts";
import type { SampleCollector } from "./collector.ts";

/** Whether the system asks for a reboot to finish its updates. */
export function createRebootRequiredCollector(metrics: MetricsPort): SampleCollector {
  return {
    name: "reboot-required",
    section: "sample",
    timeoutMs: 20_000,
    everyMs: 10 * 60_000,
    async collect(signal) {
      const rebootRequired = await metrics.rebootRequired(signal);
      return { kind: "value", value: rebootRequired === null ? {} : { facts: { rebootRequired } } };
    },
  };
}
