import { NEEDS_TWO_READINGS, type SampleCollector } from "./collector.ts";
import { fitMetrics, fitSeries, type InstanceReading } from "./fit-metrics.ts";
import type { Clock, Counters, MetricsPort, Throughput } from "../platform/ports.ts";

/** Bytes per second received and sent since the last run, in total and by interface. */
export function createNetworkCollector(metrics: MetricsPort, clock: Clock): SampleCollector {
  const rateOf = createThroughputRate();
  const interfaceRates = createInterfaceRates();
  return {
    name: "network",
    section: "sample",
    timeoutMs: 5_000,
    async collect() {
      const reading = await metrics.network();
      if (reading === null) return { kind: "value", value: {} };
      const now = clock.monotonicMs();
      const rate = rateOf(now, reading);
      const series = fitSeries("networkInterface", interfaceRates(now, reading.interfaces));
      if (rate === undefined) return NEEDS_TWO_READINGS;
      return { kind: "value", value: { ...fitMetrics({ netIn: rate.in, netOut: rate.out }), series } };
    },
  };
}

/** Bytes per second. */
type ThroughputRate = { in: number; out: number };

/**
 * Makes a meter of bytes per second between two readings. Undefined for the first reading, when no time passed, and when a
 * counter fell because it started again.
 */
function createThroughputRate(): (monotonicMs: number, reading: Throughput) => ThroughputRate | undefined {
  let last: { monotonicMs: number; reading: Throughput } | undefined;
  return (monotonicMs, reading) => {
    const before = last;
    last = { monotonicMs, reading };
    if (before === undefined) return undefined;
    const seconds = (monotonicMs - before.monotonicMs) / 1000;
    const inBytes = reading.inBytes - before.reading.inBytes;
    const outBytes = reading.outBytes - before.reading.outBytes;
    if (!(seconds > 0) || !(inBytes >= 0) || !(outBytes >= 0)) return undefined;
    return { in: inBytes / seconds, out: outBytes / seconds };
  };
}

/** The rates of each interface, those that carried most since the start first. */
function createInterfaceRates(): (monotonicMs: number, interfaces: Counters) => InstanceReading[] {
  const meters = new Map<string, ReturnType<typeof createThroughputRate>>();
  return (monotonicMs, interfaces) => {
    for (const name of meters.keys()) if (!interfaces.has(name)) meters.delete(name);
    const busiestFirst = [...interfaces].toSorted(
      ([, one], [, other]) => other.inBytes + other.outBytes - one.inBytes - one.outBytes,
    );
    return busiestFirst.map(([name, counters]) => {
      const rateOf = meters.get(name) ?? createThroughputRate();
      meters.set(name, rateOf);
      const rate = rateOf(monotonicMs, counters);
      return { name, values: { in: rate?.in, out: rate?.out } };
    });
  };
}

/** Bytes per second read from and written to disks since the last run. */
export function createDiskThroughputCollector(metrics: MetricsPort, clock: Clock): SampleCollector {
  const rateOf = createThroughputRate();
  return {
    name: "disk-throughput",
    section: "sample",
    timeoutMs: 5_000,
    async collect() {
      const reading = await metrics.disks();
      if (reading === null) return { kind: "value", value: {} };
      const rate = rateOf(clock.monotonicMs(), reading);
      if (rate === undefined) return NEEDS_TWO_READINGS;
      return { kind: "value", value: fitMetrics({ diskRead: rate.in, diskWrite: rate.out }) };
    },
  };
}
