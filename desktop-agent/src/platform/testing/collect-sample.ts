import { Sample } from "@muster/shared/contracts/metric.ts";
import type { SampleCollector } from "../../collectors/collector.ts";
import { createFileSystemsCollector } from "../../collectors/file-systems.collector.ts";
import {
  createCpuCollector,
  createLoadCollector,
  createMemoryCollector,
} from "../../collectors/processor.collector.ts";
import { createBatteryCollector, createTemperatureCollector } from "../../collectors/sensors.collector.ts";
import {
  createDiskThroughputCollector,
  createNetworkCollector,
} from "../../collectors/throughput.collector.ts";
import type { Clock, MetricsPort } from "../ports.ts";

/** Makes a function that takes a sample through all collectors of metrics and checks it against the contract. */
export function createSampleTaker(metrics: MetricsPort, clock: Clock): () => Promise<Sample> {
  const collectors: SampleCollector[] = [
    createCpuCollector(metrics),
    createMemoryCollector(metrics),
    createLoadCollector(metrics),
    createFileSystemsCollector(metrics),
    createNetworkCollector(metrics, clock),
    createDiskThroughputCollector(metrics, clock),
    createTemperatureCollector(metrics),
    createBatteryCollector(metrics),
  ];
  return async () => {
    const { signal } = new AbortController();
    const results = await Promise.allSettled(collectors.map((collector) => collector.collect(signal)));
    const parts = results.map((result) =>
      result.status === "fulfilled" && result.value.kind === "value" ? result.value.value : {},
    );
    const series = Object.assign({}, ...parts.map((part) => part.series));
    return Sample.parse(Object.assign({ at: 0, series }, ...parts.map((part) => part.metrics)));
  };
}
