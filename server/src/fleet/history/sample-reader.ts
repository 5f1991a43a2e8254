import { MAX_SAMPLE_LEAD_MS } from "@muster/shared/protocol/agent-protocol.ts";
import type { JournalChainRepository } from "./journal-chain.repository.ts";
import { decodeRows } from "./journal-codec.ts";
import type { PackedHistoryRepository } from "./packed-history.repository.ts";
import { DAY_MS, dayOf, hourOf } from "./period.ts";
import { firstAtOrAfter, mergeBlocks, type SampleBlock, sliceBlock } from "./sample-block.ts";
import { unpackSamples, unpackTimes } from "./segment.ts";

/** Range of one statement while all samples of a long range are read. */
const SLICE_MS = 2 * DAY_MS;

type Span = { from: number; to: number };

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
  async function readStored(deviceNo: number, from: number, to: number): Promise<Uint8Array[]> {
    const segments = await packed.segments([deviceNo], hourOf(from), hourOf(to - 1));
    const days = await packed.periods("history_days", [deviceNo], dayOf(from), dayOf(to - 1));
    return [...days, ...segments].map(({ bytes }) => bytes);
  }

  function merge(
    stored: readonly Uint8Array[],
    range: Span,
    fresh: SampleBlock,
    wanted: ReadonlySet<number>,
  ) {
    const blocks = stored.map((bytes) => unpackSamples(bytes, wanted));
    return sliceBlock(mergeBlocks([...blocks, fresh]), range.from, range.to);
  }

  const reader: SampleReader = {
    async readAll({ deviceNo, journalHead, from, to, maxSamples }, wanted, pause) {
      const fresh = await reader.readUnpacked(journalHead, from, to);
      const blocks: SampleBlock[] = [];
      let count = 0;
      for (let start = from; start < to; ) {
        const end = Math.min(to, (Math.floor(start / SLICE_MS) + 1) * SLICE_MS);
        const stored = await readStored(deviceNo, start, end);
        const span = { from: start, to: end };
        // Unpacking tens of thousands of samples only to count them would cost ten times as much.
        if (stored.some((bytes) => hasMoreThan(maxSamples - count, bytes, span))) return null;
        const block = merge(stored, span, sliceBlock(fresh, start, end), wanted);
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
      return merge(await readStored(deviceNo, from, to), { from, to }, fresh, wanted);
    },
  };
  return reader;
}

/** Whether a stored segment alone has more than `max` samples of the span. */
function hasMoreThan(max: number, stored: Uint8Array, { from, to }: Span): boolean {
  if (max === Number.POSITIVE_INFINITY) return false;
  const times = unpackTimes(stored);
  return firstAtOrAfter(times, to) - firstAtOrAfter(times, from) > max;
}
