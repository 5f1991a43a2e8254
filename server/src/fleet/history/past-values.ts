import type { Resolution } from "@muster/shared/contracts/history.ts";
import type { ReadStore } from "../../platform/database/read-store.ts";
import type { HistoryDevice, Pauses } from "./history.service.ts";
import { createJournalChain } from "./journal-chain.repository.ts";
import { createPackedHistoryRepository } from "./packed-history.repository.ts";
import { DAY_MS, FIVE_MINUTES_MS, HOUR_MS } from "./period.ts";
import { createRollupReader } from "./rollup-reader.ts";
import type { SampleBlock } from "./sample-block.ts";
import { createSampleReader } from "./sample-reader.ts";
import { digitsOfColumn, INTERVAL_COLUMN, unscaler } from "./scaled-value.ts";

/** Values of a device's past, ascending in time. */
export type PastValues = {
  resolution: Resolution;
  /** Length of what one value is the average of; 0 for samples. */
  stepMs: number;
  times: Float64Array;
  /** Seconds between two reports at each time. */
  intervalsS: Float64Array;
  /** Of each wanted column in its order, NaN where nothing was measured. */
  columns: readonly Float64Array[];
};

export type PastRequest = {
  device: HistoryDevice;
  columns: readonly number[];
  from: number;
  to: number;
  /** The finest one to read. */
  resolution: "raw" | "5m" | "1h";
};

/** Reads a device's past a day at a time: samples where they are kept, otherwise the finest averages. */
export type ReadPastValues = (request: PastRequest, pauses: Pauses) => AsyncIterable<PastValues>;

const STEPS = [
  ["5m", FIVE_MINUTES_MS],
  ["1h", HOUR_MS],
] as const;

export function openPastValues(store: ReadStore): ReadPastValues {
  const packed = createPackedHistoryRepository(store.read);
  const samples = createSampleReader(packed, createJournalChain(store));
  const readRollups = createRollupReader(packed, samples);

  async function readDay(
    request: PastRequest,
    fresh: SampleBlock,
    from: number,
    to: number,
  ): Promise<PastValues | null> {
    const { device, columns, resolution } = request;
    const wanted = new Set([...columns, INTERVAL_COLUMN]);
    if (resolution === "raw") {
      const block = await samples.readMerged(device.deviceNo, from, to, fresh, wanted);
      if (block.times.length > 0) return valuesOf(block, request, { resolution: "raw", stepMs: 0 });
    }
    for (const [step, stepMs] of STEPS) {
      if (resolution === "1h" && step === "5m") continue;
      const start = Math.floor(from / stepMs) * stepMs;
      const { starts, columns: rolled } = await readRollups(device, stepMs, start, to, wanted);
      if (starts.length === 0) continue;
      const averages = new Map([...rolled].map(([id, { avg }]) => [id, avg]));
      return valuesOf({ times: starts, columns: averages }, request, { resolution: step, stepMs });
    }
    return null;
  }

  return async function* read(request, { pause }) {
    const { device, from, to } = request;
    const fresh = await samples.readUnpacked(device.journalHead, from, to);
    for (let start = from; start < to; ) {
      const end = Math.min(to, (Math.floor(start / DAY_MS) + 1) * DAY_MS);
      const values = await readDay(request, fresh, start, end);
      if (values) yield values;
      start = end;
      await pause();
    }
  };
}

function valuesOf(
  { times, columns }: SampleBlock,
  { device, columns: wanted }: PastRequest,
  step: Pick<PastValues, "resolution" | "stepMs">,
): PastValues {
  const stored = columns.get(INTERVAL_COLUMN);
  const intervalsS = new Float64Array(times.length).fill(device.intervalS);
  if (stored) {
    for (let index = 0; index < times.length; index += 1) {
      const intervalS = stored[index] ?? Number.NaN;
      if (!Number.isNaN(intervalS)) intervalsS[index] = intervalS;
    }
  }
  const nothing = new Float64Array(times.length).fill(Number.NaN);
  const values = wanted.map((id) => {
    const digits = digitsOfColumn(id);
    return digits === undefined ? nothing : (columns.get(id)?.map(unscaler(digits)) ?? nothing);
  });
  return { ...step, times, intervalsS, columns: values };
}
