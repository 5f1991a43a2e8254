import type { Clock, MetricsPort } from "../platform/ports.ts";
import type { SampleCollector } from "./collector.ts";
import { fitMetrics } from "./fit-metrics.ts";
import { NEEDS_TWO_READINGS } from "./needs-two-readings.ts";
import { createThroughputRate } from "./throughput-rate.ts";

/** Bytes per second received and sent since the last run. */
export function createNetworkCollector(metrics: MetricsPort, clock: Clock): SampleCollector {
  const rateOf = createThroughputRate();
  return {
    name: "network",
    section: "sample",
    timeoutMs: 5_000,
    async collect() {
      const reading = await metrics.network();
      if (reading === null) return { kind: "value", value: {} };
      const rate = rateOf(clock.monotonicMs(), reading);
      if (rate === undefined) return NEEDS_TWO_READINGS;
      return { kind: "value", value: { metrics: fitMetrics({ netIn: rate.in, netOut: rate.out }) } };
    },
  };
}
