import { setImmediate } from "node:timers/promises";
import type { FreezingRepository } from "./freezing.system-repository.ts";
import type { FrozenRange } from "./frozen-range.ts";
import type { HistoryPacker } from "./history-packer.ts";
import type { PackingRepository } from "./packing.system-repository.ts";
import { dayOf, HOUR_MS } from "./period.ts";

// So long after an hour's end its last reports are in.
const SETTLING_MS = 2 * 60_000;
// So long after a day's end most of what a night without network held back is in, too.
const DAY_SETTLING_MS = 2 * HOUR_MS;

/**
 * Makes history small. The journal of finished hours is frozen, packed device by device in short transactions that also say
 * how far they got, then deleted: whatever ends in between, the next turn goes on where it was, and until the rows are gone a
 * reader that finds a sample twice takes it once.
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
  /** Made when there is work and closed after it: the thread does not stay between two hours. */
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
          // Not released, because somebody reads it or it grew: the next turn's work.
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
