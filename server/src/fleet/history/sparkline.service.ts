import type { Sparklines } from "@muster/shared/contracts/history.ts";
import { METRICS } from "@muster/shared/contracts/metric.ts";
import { MAX_SAMPLE_LEAD_MS } from "@muster/shared/protocol/agent-protocol.ts";
import { type HistoryDevice, type Pauses, SHORT_PAUSES } from "./history.service.ts";
import type { ChainRow, JournalChainRepository } from "./journal-chain.repository.ts";
import { decodeRows } from "./journal-codec.ts";
import type { PackedHistoryRepository } from "./packed-history.repository.ts";
import { HOUR_MS, hourOf } from "./period.ts";
import { mergeBlocks } from "./sample-block.ts";
import { unpackSamples } from "./segment.ts";
import {
  addSamples,
  averagesOf,
  emptySparkline,
  firstBucket,
  moveTo,
  type Sparkline,
  SPARKLINE_STEP_MS,
} from "./sparkline.ts";

// A line takes about 300 bytes; nobody looks at more lines within an hour.
const MAX_CACHED_LINES = 5000;
// Devices between two pauses: a first read loads 120 rows of each.
const DEVICES_PER_READ = 10;
const CPU_COLUMN = new Set([METRICS.cpu.column]);

export type SparklineService = {
  /** CPU of the hour up to `now`, by device id. Lines are cached and only extended. */
  read(devices: ReadonlyMap<string, HistoryDevice>, now: number, pauses?: Pauses): Promise<Sparklines>;
};

type CachedLine = { head: number; line: Sparkline };

export function createSparklineService(
  packed: PackedHistoryRepository,
  chain: JournalChainRepository,
): SparklineService {
  const cached = new Map<number, CachedLine>();

  function cache(deviceNo: number, entry: CachedLine): void {
    cached.delete(deviceNo);
    cached.set(deviceNo, entry);
    const [oldest] = cached.keys();
    if (cached.size > MAX_CACHED_LINES && oldest !== undefined) cached.delete(oldest);
  }

  async function refresh(devices: readonly HistoryDevice[], first: number): Promise<void> {
    const heads = devices.flatMap(({ journalHead }) => (journalHead === null ? [] : [journalHead]));
    const known = new Set(devices.flatMap(({ deviceNo }) => cached.get(deviceNo)?.head ?? []));
    const since = first * SPARKLINE_STEP_MS - MAX_SAMPLE_LEAD_MS;
    const rows = Map.groupBy(await chain.follow(heads, since, known), (row) => row.device_no);
    const unread = devices.filter((device) => !extendLine(device, rows.get(device.deviceNo) ?? [], first));
    if (unread.length > 0) await rebuildLines(unread, rows, first);
  }

  /** False when the rows do not reach the end of the cached line, because some rows in between are packed. */
  function extendLine(device: HistoryDevice, rows: readonly ChainRow[], first: number): boolean {
    const before = cached.get(device.deviceNo);
    const reached = rows.findIndex(({ id }) => id === before?.head);
    if (!before || device.journalHead === null || reached === -1) return false;
    const line = moveTo(before.line, first);
    addSamples(line, decodeRows(rows.slice(0, reached)));
    cache(device.deviceNo, { head: device.journalHead, line });
    return true;
  }

  async function rebuildLines(
    devices: readonly HistoryDevice[],
    rows: ReadonlyMap<number, readonly ChainRow[]>,
    first: number,
  ): Promise<void> {
    const deviceNos = devices.map(({ deviceNo }) => deviceNo);
    const from = first * SPARKLINE_STEP_MS;
    const to = from + HOUR_MS - 1;
    // The last hour never belongs to a compacted day.
    const segments = await packed.segments(deviceNos, hourOf(from), hourOf(to));
    for (const { deviceNo, journalHead } of devices) {
      const stored = segments
        .filter((row) => row.device_no === deviceNo)
        .map(({ bytes }) => unpackSamples(bytes, CPU_COLUMN));
      const line = emptySparkline(first);
      addSamples(line, mergeBlocks([...stored, decodeRows((rows.get(deviceNo) ?? []).toReversed())]));
      cache(deviceNo, { head: journalHead ?? -1, line });
    }
  }

  return {
    async read(devices, now, { pause } = SHORT_PAUSES) {
      const first = firstBucket(now);
      const all = [...devices.values()];
      for (let start = 0; start < all.length; start += DEVICES_PER_READ) {
        await refresh(all.slice(start, start + DEVICES_PER_READ), first);
        await pause();
      }
      const cpu: Sparklines["cpu"] = {};
      for (const [id, { deviceNo }] of devices) {
        cpu[id] = averagesOf(cached.get(deviceNo)?.line ?? emptySparkline(first));
      }
      return { from: new Date(first * SPARKLINE_STEP_MS).toISOString(), stepMs: SPARKLINE_STEP_MS, cpu };
    },
  };
}
