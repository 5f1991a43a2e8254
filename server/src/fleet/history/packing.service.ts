import { setImmediate } from "node:timers/promises";
import type { FreezingRepository } from "./freezing.system-repository.ts";
import type { FrozenRange } from "./frozen-range.ts";
import type { HistoryPacker } from "./history-packer.ts";
import type { PackingRepository } from "./packing.system-repository.ts";
import { dayOf, HOUR_MS } from "./period.ts";

// After this time the last reports of an hour have arrived.
const SETTLING_MS = 2 * 60_000;
// After this time most reports of devices that had no network at night have arrived.
const DAY_SETTLING_MS = 2 * HOUR_MS;

/**
 * Packs the journal. The rows of finished hours are frozen, packed device by device in short transactions that also store the progress,
 * then deleted. After an interruption the next run continues there. Until the rows are deleted, a reader may find a sample twice and
 * uses it once.
 */
export type PackingService = {
  /** Packs what was received in finished hours, as of `now` in epoch milliseconds. True when anything was packed. */
  pack(now: number, signal: AbortSignal): Promise<boolean>;
  /** Merges the segments of finished days. */
  compact(now: number, signal: AbortSignal): Promise<void>;
};

export type PackingDeps = {
  freezing: FreezingRepository;
  packing: PackingRepository;
  /** Started when there is work and closed after it, so that no thread runs in between. */
  startPacker(): HistoryPacker;
};

export function createPackingService({ freezing, packing, startPacker }: PackingDeps): PackingService {
  async function packRange(range: FrozenRange, packer: HistoryPacker, signal: AbortSignal): Promise<void> {
    for await (const batch of packer.pack(range)) {
      if (signal.aborted) return;
      await packing.store(range, batch);
      await setImmediate();
    }
    if (!signal.aborted) await freezing.release(range, signal);
  }

  return {
    async pack(now, signal) {
      const boundary = Math.floor((now - SETTLING_MS) / HOUR_MS) * HOUR_MS;
      let range = await freezing.freeze(boundary);
      if (range === null) return false;
      const packer = startPacker();
      try {
        while (range !== null && !signal.aborted) {
          const packed: FrozenRange = range;
          await packRange(packed, packer, signal);
          range = await freezing.freeze(boundary);
          // Not released, because it is being read or has grown: the next run tries again.
          if (range?.through === packed.through) break;
        }
        if (range === null) await packing.forgetPurges(boundary);
      } finally {
        await packer.close();
      }
      return true;
    },

    async compact(now, signal) {
      const packer = startPacker();
      try {
        for await (const days of packer.compact(dayOf(now - DAY_SETTLING_MS))) {
          if (signal.aborted) return;
          await packing.storeDays(days);
          await setImmediate();
        }
      } finally {
        await packer.close();
      }
    },
  };
}
