import { setImmediate } from "node:timers/promises";
import type { History, Resolution } from "@muster/shared/contracts/history.ts";
import { METRICS, type MetricName } from "@muster/shared/contracts/metric.ts";
import { type ChartSeries, shapeRollups, shapeSamples, medianInterval } from "./chart-series.ts";
import {
  chooseResolution,
  chooseRollup,
  chooseThinning,
  MAX_POINTS,
  MAX_THINNED_SPAN_MS,
} from "./resolution.ts";
import { rollUp } from "./rollup.ts";
import type { RollupReader } from "./rollup-reader.ts";
import type { SampleBlock } from "./sample-block.ts";
import type { SampleReader } from "./sample-reader.ts";
import { INTERVAL_COLUMN } from "./scaled-value.ts";

/** A device for history. The caller has checked that it belongs to the organization. */
export type HistoryDevice = {
  deviceNo: number;
  /** Seconds between two of its reports, as it says. */
  intervalS: number;
  /** `device_state.journal_head`. */
  journalHead: number | null;
};

/** [from, to) in epoch milliseconds. */
type Range = { device: HistoryDevice; from: number; to: number };
export type HistoryRequest = Range & { metrics: readonly MetricName[] };
export type ColumnsRequest = Range & { columns: ReadonlySet<number> };

/** Called between two parts of a read; it may throw to end it. */
export type Pauses = { pause(): Promise<void> };

export type HistoryService = {
  /** A device's history at the finest resolution that fits a chart, including samples that are not packed yet. */
  read(request: HistoryRequest, pauses?: Pauses): Promise<History>;
  /** The same for columns, which may be those of instances. */
  readColumns(request: ColumnsRequest, pauses?: Pauses): Promise<ChartSeries & { resolution: Resolution }>;
};

/** Pauses for reads that nobody interrupts. */
export const SHORT_PAUSES: Pauses = { pause: () => setImmediate() };

export function createHistoryService(samples: SampleReader, readRollups: RollupReader): HistoryService {
  function shapeRaw(block: SampleBlock, { device, columns, from, to }: ColumnsRequest) {
    const intervalMs = Math.max(device.intervalS * 1000, medianInterval(block.times) ?? 0);
    if (block.times.length <= MAX_POINTS) return shapeSamples(block, columns, intervalMs);
    const stepMs = chooseThinning(to - from);
    return shapeRollups(rollUp(block, stepMs), columns, stepMs, intervalMs);
  }

  async function readRolledUp({ device, columns, from, to }: ColumnsRequest, stepMs: number) {
    const wanted = withInterval(columns);
    const intervalMs = device.intervalS * 1000;
    const start = Math.floor(from / stepMs) * stepMs;
    const rollups = await readRollups(device, stepMs, start, to, wanted);
    const medianMs = medianInterval(rollups.starts) ?? 0;
    const maxIntervalMs = medianMs > stepMs ? Math.max(medianMs, intervalMs) : intervalMs;
    return shapeRollups(rollups, columns, stepMs, maxIntervalMs);
  }

  const service: HistoryService = {
    async read({ metrics, ...range }, pauses) {
      const columns = new Set<number>(metrics.map((name) => METRICS[name].column));
      const { series, ...rest } = await service.readColumns({ ...range, columns }, pauses);
      const found = metrics.flatMap((name) => {
        const line = series.get(METRICS[name].column);
        return line ? [[name, line] as const] : [];
      });
      return { ...rest, series: Object.fromEntries(found) };
    },
    async readColumns(request, { pause } = SHORT_PAUSES) {
      const { device, columns, from, to } = request;
      const { resolution, stepMs } = chooseResolution(to - from, device.intervalS * 1000);
      if (stepMs !== null) return { resolution, ...(await readRolledUp(request, stepMs)) };
      // A device may have sent more samples than its interval promises. The range decides what becomes of them.
      const maxSamples = to - from > MAX_THINNED_SPAN_MS ? MAX_POINTS : Number.POSITIVE_INFINITY;
      const range = { ...device, from, to, maxSamples };
      const block = await samples.readAll(range, withInterval(columns), pause);
      if (block !== null) return { resolution, ...shapeRaw(block, request) };
      const rollup = chooseRollup(to - from);
      return { resolution: rollup.resolution, ...(await readRolledUp(request, rollup.stepMs)) };
    },
  };
  return service;
}

/** Gaps are judged by the interval that was in force when a sample was taken. */
function withInterval(columns: ReadonlySet<number>): ReadonlySet<number> {
  return new Set(columns).add(INTERVAL_COLUMN);
}
