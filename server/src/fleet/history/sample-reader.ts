import { MAX_SAMPLE_LEAD_MS } from "@muster/shared/protocol/agent-protocol.ts";
import type { JournalChainRepository } from "./journal-chain.repository.ts";
import { decodeRows } from "./journal-codec.ts";
import type { PackedHistoryRepository } from "./packed-history.repository.ts";
import { DAY_MS, dayOf, hourOf } from "./period.ts";
import { mergeBlocks, type SampleBlock, sliceBlock } from "./sample-block.ts";
import { unpackSamples } from "./segment.ts";

/** Range of one statement while all samples of a long range are read. */
const SLICE_MS = 2 * DAY_MS;

export type SampleRange = {
  deviceNo: number;
  journalHead: number | null;
  from: number;
  to: number;
  maxSamples: number;
};

/** Reads a device's samples of [from, to), each time once; of several versions the one that was received last. */
export type SampleReader = {
  /** All samples; null when there are more than `maxSamples`. Calls `pause` between statements. */
  readAll(
    range: SampleRange,
    wanted: ReadonlySet<number>,
    pause: () => Promise<void>,
  ): Promise<SampleBlock | null>;
  /** Samples that are not packed yet. */
  readUnpacked(journalHead: number | null, from: number, to: number): Promise<SampleBlock>;
  /** Packed samples merged with `fresh`, which must have been read before. */
  readMerged(
    deviceNo: number,
    from: number,
    to: number,
    fresh: SampleBlock,
    wanted: ReadonlySet<number>,
  ): Promise<SampleBlock>;
};

/**
 * Samples move from the journal to segments to days, and are deleted from the source after they are stored in the target. Reading in
 * that order misses none, and a sample that is found twice is used once.
 */
export function createSampleReader(
  packed: PackedHistoryRepository,
  chain: JournalChainRepository,
): SampleReader {
  const reader: SampleReader = {
    async readAll({ deviceNo, journalHead, from, to, maxSamples }, wanted, pause) {
      const fresh = await reader.readUnpacked(journalHead, from, to);
      const blocks: SampleBlock[] = [];
      let count = 0;
      for (let start = from; start < to; ) {
        const end = Math.min(to, (Math.floor(start / SLICE_MS) + 1) * SLICE_MS);
        const slice = sliceBlock(fresh, start, end);
        const block = await reader.readMerged(deviceNo, start, end, slice, wanted);
        count += block.times.length;
        if (count > maxSamples) return null;
        blocks.push(block);
        start = end;
        await pause();
      }
      return mergeBlocks(blocks);
    },
    async readUnpacked(journalHead, from, to) {
      if (journalHead === null) return decodeRows([]);
      // A sample is at most this much newer than the time at which it was received.
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
  return reader;
}
