import type { History } from "@muster/shared/contracts/history.ts";
import { METRICS, type MetricName } from "@muster/shared/contracts/metric.ts";
import { shapeRollups, shapeSamples, medianInterval } from "./chart-series.ts";
import { chooseResolution } from "./resolution.ts";
import type { RollupReader } from "./rollup-reader.ts";
import type { SampleReader } from "./sample-reader.ts";

/** A device for history. The caller has checked that it belongs to the organization. */
export type HistoryDevice = {
  deviceNo: number;
  /** Seconds between two of its reports. */
  intervalS: number;
  /** `device_state.journal_head`. */
  journalHead: number | null;
};

export type HistoryRequest = {
  device: HistoryDevice;
  metrics: readonly MetricName[];
  /** [from, to) in epoch milliseconds. */
  from: number;
  to: number;
};

export type HistoryService = {
  /** A device's history at the finest resolution that fits a chart, including samples that are not packed yet. */
  read(request: HistoryRequest): Promise<History>;
};

export function createHistoryService(samples: SampleReader, readRollups: RollupReader): HistoryService {
  async function readSamples({ device, metrics, from, to }: HistoryRequest, wanted: ReadonlySet<number>) {
    const fresh = await samples.readUnpacked(device.journalHead, from, to);
    const block = await samples.readMerged(device.deviceNo, from, to, fresh, wanted);
    const medianMs = medianInterval(block.times) ?? 0;
    return shapeSamples(block, metrics, Math.max(device.intervalS * 1000, medianMs));
  }

  return {
    async read(request) {
      const { device, metrics, from, to } = request;
      const intervalMs = device.intervalS * 1000;
      const { resolution, stepMs } = chooseResolution(to - from, intervalMs);
      const wanted = new Set<number>(metrics.map((name) => METRICS[name].column));
      if (stepMs === null) return { resolution, ...(await readSamples(request, wanted)) };
      const start = Math.floor(from / stepMs) * stepMs;
      const rollups = await readRollups(device, stepMs, start, to, wanted);
      const medianMs = medianInterval(rollups.starts) ?? 0;
      const maxIntervalMs = medianMs > stepMs ? Math.max(medianMs, intervalMs) : intervalMs;
      return { resolution, ...shapeRollups(rollups, metrics, stepMs, maxIntervalMs) };
    },
  };
}
