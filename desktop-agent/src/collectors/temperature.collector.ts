import type { MetricsPort } from "../platform/ports.ts";
import type { SampleCollector } from "./collector.ts";
import { fitMetrics } from "./fit-metrics.ts";

/** The processor's temperature in degrees Celsius. */
export function createTemperatureCollector(metrics: MetricsPort): SampleCollector {
  return {
    name: "temperature",
    section: "sample",
    timeoutMs: 5_000,
    async collect(signal) {
      const temperature = await metrics.temperatureCelsius(signal);
      return { kind: "value", value: { metrics: fitMetrics({ temperature }) } };
    },
  };
}
