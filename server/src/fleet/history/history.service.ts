import type { History } from "@muster/shared/contracts/history.ts";
import { METRICS, type MetricName } from "@muster/shared/contracts/metric.ts";
import { NEWEST_SAMPLE_MS } from "@muster/shared/protocol/agent-protocol.ts";
import { shapeRollups, shapeSamples, usualInterval } from "./history-shape.ts";
import type { JournalChainRepository } from "./journal-chain.repository.ts";
import { decodeRows } from "./journal-figures.ts";
import { hoursOf } from "./pack-device.ts";
import type { PackedHistoryRepository } from "./packed-history.repository.ts";
import { DAY_MS, dayOf, FIVE_MINUTES_MS, HOUR_MS, hourOf, monthOf } from "./period.ts";
import { chooseResolution } from "./resolution.ts";
import { coarsen, joinRollups, replaceBuckets, type RollupBlock, rollUp, sliceRollups } from "./rollup.ts";
import { mergeBlocks, type SampleBlock, sliceBlock } from "./sample-block.ts";
import { unpackRollups, unpackSamples } from "./segment.ts";

/** A device as history knows it. Whoever looked it up has checked that it belongs to the asking organization. */
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
  /** A device's history at the finest resolution that a chart has room for, with what is not packed yet. */
  read(request: HistoryRequest): Promise<History>;
};

type Fresh = { samples: SampleBlock; hours: number[] };

export function createHistoryService(
  packed: PackedHistoryRepository,
  chain: JournalChainRepository,
): HistoryService {
  /** Newest first as they come; packing and a sample's later version want them as they were received. */
  async function readFresh({ journalHead }: HistoryDevice, from: number, to: number): Promise<SampleBlock> {
    if (journalHead === null) return decodeRows([]);
    // No sample is accepted that is newer than its receiving by more than this.
    const rows = await chain.follow([journalHead], from - NEWEST_SAMPLE_MS);
    return sliceBlock(mergeBlocks([decodeRows(rows.toReversed())]), from, to);
  }

  /** Segments before days, as compaction moves samples from the former to the latter. */
  async function readSamples(
    deviceNo: number,
    from: number,
    to: number,
    fresh: SampleBlock,
    wanted?: ReadonlySet<number>,
  ): Promise<SampleBlock> {
    const segments = await packed.segments([deviceNo], hourOf(from), hourOf(to - 1));
    const days = await packed.periods("history_days", [deviceNo], dayOf(from), dayOf(to - 1));
    const blocks = [...days, ...segments].map(({ bytes }) => unpackSamples(bytes, wanted));
    return sliceBlock(mergeBlocks([...blocks, fresh]), from, to);
  }

  async function readRollups(
    deviceNo: number,
    stepMs: number,
    from: number,
    to: number,
    wanted: ReadonlySet<number>,
  ): Promise<RollupBlock> {
    const rows =
      stepMs === FIVE_MINUTES_MS
        ? await packed.periods("history_five_minutes", [deviceNo], dayOf(from), dayOf(to - 1))
        : await packed.periods("history_hours", [deviceNo], monthOf(from), monthOf(to - 1));
    return joinRollups(rows.map(({ bytes }) => unpackRollups(bytes, wanted)));
  }

  /** Rolls the hours that have fresh samples up anew from all their samples, as packing will. */
  async function withFresh(
    rollups: RollupBlock,
    deviceNo: number,
    stepMs: number,
    { samples, hours }: Fresh,
    wanted: ReadonlySet<number>,
  ): Promise<RollupBlock> {
    const [first, last] = [hours[0], hours.at(-1)];
    if (first === undefined || last === undefined) return rollups;
    const all = await readSamples(deviceNo, first * HOUR_MS, (last + 1) * HOUR_MS, samples, wanted);
    let replaced = rollups;
    for (const hour of hours) {
      const start = hour * HOUR_MS;
      const anew = rollUp(sliceBlock(all, start, start + HOUR_MS), stepMs);
      replaced = replaceBuckets(replaced, start, start + HOUR_MS, anew);
    }
    return replaced;
  }

  return {
    async read({ device, metrics, from, to }) {
      const { deviceNo } = device;
      const givenIntervalMs = device.intervalS * 1000;
      const { resolution, stepMs } = chooseResolution(to - from, givenIntervalMs);
      const wanted = new Set<number>(metrics.map((name) => METRICS[name].column));
      if (stepMs === null) {
        const fresh = await readFresh(device, from, to);
        const samples = await readSamples(deviceNo, from, to, fresh, wanted);
        const intervalMs = Math.max(givenIntervalMs, usualInterval(samples.times) ?? 0);
        return { resolution, ...shapeSamples(samples, metrics, intervalMs) };
      }
      const start = Math.floor(from / stepMs) * stepMs;
      const fineMs = Math.min(stepMs, HOUR_MS);
      const fresh = await readFresh(device, start, Math.ceil(to / fineMs) * fineMs);
      const hours = hoursOf(fresh);
      const stored = await readRollups(deviceNo, fineMs, start, to, wanted);
      const fine = sliceRollups(
        await withFresh(stored, deviceNo, fineMs, { samples: fresh, hours }, wanted),
        start,
        to,
      );
      const rollups = stepMs === DAY_MS ? coarsen(fine, DAY_MS) : fine;
      const usualMs = usualInterval(rollups.starts) ?? 0;
      const intervalMs = usualMs > stepMs ? Math.max(usualMs, givenIntervalMs) : givenIntervalMs;
      return { resolution, ...shapeRollups(rollups, metrics, stepMs, intervalMs) };
    },
  };
}
