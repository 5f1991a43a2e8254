import { MAX_SAMPLE_LEAD_MS } from "@muster/shared/protocol/agent-protocol.ts";
import type { JournalChainRepository } from "./journal-chain.repository.ts";
import { decodeRows } from "./journal-codec.ts";
import type { PackedHistoryRepository } from "./packed-history.repository.ts";
import { dayOf, hourOf } from "./period.ts";
import { mergeBlocks, type SampleBlock, sliceBlock } from "./sample-block.ts";
import { unpackSamples } from "./segment.ts";

/** Reads a device's samples of [from, to), each once, of several versions the one that was received last. */
export type SampleReader = {
  /** Those that are not packed yet. */
  readUnpacked(journalHead: number | null, from: number, to: number): Promise<SampleBlock>;
  /** Packed ones, together with `fresh`, which must have been read before them. */
  readMerged(
    deviceNo: number,
    from: number,
    to: number,
    fresh: SampleBlock,
    wanted: ReadonlySet<number>,
  ): Promise<SampleBlock>;
};

/**
 * Samples move from the journal to segments to days, and are deleted where they were once they are where they go. Read in that
 * order none is missed, and one that is found twice is one.
 */
export function createSampleReader(
  packed: PackedHistoryRepository,
  chain: JournalChainRepository,
): SampleReader {
  return {
    async readUnpacked(journalHead, from, to) {
      if (journalHead === null) return decodeRows([]);
      // No sample is accepted that is newer than its receiving by more than this.
      const rows = await chain.follow([journalHead], from - MAX_SAMPLE_LEAD_MS);
      return sliceBlock(mergeBlocks([decodeRows(rows.toReversed())]), from, to);
    },
    async readMerged(deviceNo, from, to, fresh, wanted) {
      const segments = await packed.segments([deviceNo], hourOf(from), hourOf(to - 1));
      const days = await packed.periods("history_days", [deviceNo], dayOf(from), dayOf(to - 1));
      const blocks = [...days, ...segments].map(({ bytes }) => unpackSamples(bytes, wanted));
      return sliceBlock(mergeBlocks([...blocks, fresh]), from, to);
    },
  };
}
