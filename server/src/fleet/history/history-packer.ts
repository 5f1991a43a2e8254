import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { type CompactedDay, compactBatches } from "./compact-batches.ts";
import type { FrozenRange } from "./frozen-range.ts";
import { type PackBatch, packBatches } from "./pack-batches.ts";

/** Reads and computes packed history, which the caller writes. Leaving a loop early stops it. */
export type HistoryPacker = {
  pack(range: FrozenRange): AsyncIterable<PackBatch>;
  compact(beforeDay: number): AsyncIterable<CompactedDay[]>;
  close(): Promise<void>;
};

/** Packs on the calling thread. */
export function createHistoryPacker(read: Kysely<Tables>): HistoryPacker {
  return {
    pack: (range) => packBatches(read, range),
    compact: (beforeDay) => compactBatches(read, beforeDay),
    close: () => Promise.resolve(),
  };
}
