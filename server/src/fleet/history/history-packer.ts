import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { type CompactedDay, compactBatches } from "./compact-batches.ts";
import type { FrozenRange } from "./frozen-range.ts";
import { type PackBatch, packBatches } from "./pack-batches.ts";

/** The part of packing that reads and computes; what it gives is written by whoever asked. Leaving a loop early stops it. */
export type HistoryPacker = {
  pack(range: FrozenRange): AsyncIterable<PackBatch>;
  compact(beforeDay: number): AsyncIterable<CompactedDay[]>;
  close(): Promise<void>;
};

/** Computes on the calling thread. */
export function createHistoryPacker(read: Kysely<Tables>): HistoryPacker {
  return {
    pack: (range) => packBatches(read, range),
    compact: (beforeDay) => compactBatches(read, beforeDay),
    close: () => Promise.resolve(),
  };
}
