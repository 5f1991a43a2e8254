import type { SampleCollector } from "./collector.ts";
import { fitMetrics } from "./fit-metrics.ts";
import type { MetricsPort } from "../platform/ports.ts";

/** Charge of the battery in percent. */
export function createBatteryCollector(metrics: MetricsPort): SampleCollector {
  return {
    name: "battery",
    section: "sample",
    timeoutMs: 10_000,
    everyMs: 60_000,
    async collect(signal) {
      const battery = await metrics.batteryPercent(signal);
      return { kind: "value", value: fitMetrics({ battery }) };
    },
  };
}

/** The processor's temperature in degrees Celsius. */
export function createTemperatureCollector(metrics: MetricsPort): SampleCollector {
  return {
    name: "temperature",
    section: "sample",
    timeoutMs: 5_000,
    async collect(signal) {
      const temperature = await metrics.temperatureCelsius(signal);
      return { kind: "value", value: fitMetrics({ temperature }) };
    },
  };
}
