import { join } from "node:path";
import type { Sample } from "@muster/shared/contracts/metric.ts";
import type { StateFiles } from "../state/state-files.ts";
import { type Log, messageOf } from "../log.ts";
import { createSerialQueue } from "../serial-queue.ts";
import { readSpoolHead, type SpoolHead, type SpoolSegment, writeSpoolHead } from "./spool-segment.ts";
import { openSegments, type SpoolSegments } from "./spool-segments.ts";
import { mapToClock, type Present, type TimedSample } from "./timed-sample.ts";

export type SpoolLimits = { maxAgeMs: number; maxBytes: number; segmentBytes: number };

/** 72 hours, 50 MB, in files of 256 KB. */
export const SPOOL_LIMITS: SpoolLimits = {
  maxAgeMs: 72 * 3_600_000,
  maxBytes: 50_000_000,
  segmentBytes: 262_144,
};

export type SpoolStatus = {
  samples: number;
  sizeBytes: number;
  /** Samples lost since enrolment: too old, too many, unreadable, or the disk was full. */
  dropped: number;
  /** The disk did not accept the last sample. */
  isBlocked: boolean;
};

/** The oldest samples, and the record number up to which `drop` forgets them once they are delivered. */
export type SpoolBatch = { samples: Sample[]; through: number };

export type Spool = {
  /** Keeps a sample that could not be sent. Never rejects: `status` and the log show a disk that accepts none. */
  append(sample: TimedSample): Promise<void>;
  /** Up to `max` of the oldest samples, in terms of the clock as known now; null when the spool is empty. */
  peek(max: number): Promise<SpoolBatch | null>;
  /** Forgets every record up to and including number `through`. */
  drop(through: number): Promise<void>;
  /** Whether the sample of this instant is among the last that were appended. */
  hasRecent(at: number): boolean;
  clear(): Promise<void>;
  status(): SpoolStatus;
};

type Deps = { files: StateFiles; folder: string; present: () => Present; log: Log; limits?: SpoolLimits };

/**
 * Samples that wait for the server, in append-only files; the oldest are dropped first when age or size demand it. Safe against a
 * crash at any point: a torn line is dropped, a record is never given out twice after `drop`.
 */
export async function openSpool(deps: Deps): Promise<Spool> {
  const { files, folder, log } = deps;
  const serially = createSerialQueue();
  const records = await openRecords(deps);
  let isBlocked = false;

  async function append(record: TimedSample): Promise<void> {
    try {
      await records.append(record);
      if (isBlocked) log.info("The disk accepts samples again.");
      isBlocked = false;
    } catch (error) {
      if (!isBlocked)
        log.error(`A sample could not be kept for later: ${messageOf(error)}. Live reports continue.`);
      isBlocked = true;
    }
    await records.keepWithinLimits();
  }

  await records.keepWithinLimits();
  return {
    append: (sample) => serially(() => append(sample)),
    peek: (max) => serially(() => records.peek(max)),
    drop: (through) => serially(() => records.drop(through)),
    hasRecent: records.hasRecent,
    clear: () =>
      serially(async () => {
        await files.remove(folder);
        await files.makeFolder(folder);
        records.forgetAll();
      }),
    status: () => ({ ...records.count(), isBlocked }),
  };
}

/** The records of all segments, and how far they are delivered. */
async function openRecords({ files, folder, present, log, limits = SPOOL_LIMITS }: Deps) {
  const headPath = join(folder, "head.json");
  const segments = await openSegments({ files, folder, segmentBytes: limits.segmentBytes, log });
  let head: SpoolHead = await readSpoolHead(files, headPath);
  let countedThrough = 0;

  const atPresent = (record: TimedSample) => toPresent(record, present(), segments);
  const isTooOld = (record: TimedSample) => atPresent(record).at < present().wallMs - limits.maxAgeMs;
  const saveHead = () => writeSpoolHead(files, headPath, head, log);
  const sizeBytes = () => sizeOf(segments);
  const { hasRecent } = segments;

  function isBeyondLimits(segment: SpoolSegment): boolean {
    if (segment.last !== null && isTooOld(segment.last)) return true;
    return sizeBytes() > limits.maxBytes && segment !== segments.list().at(-1);
  }

  /** A batch is read again when it was not delivered; what it leaves out counts once. */
  function countDropped(number: number): void {
    if (number > countedThrough) head.dropped += 1;
    countedThrough = Math.max(countedThrough, number);
  }

  async function drop(through: number): Promise<void> {
    if (through < head.next) return;
    head.next = through + 1;
    await saveHead();
    await segments.discardThrough(head.next - 1);
  }

  await segments.discardThrough(head.next - 1);
  return {
    async append(record: TimedSample): Promise<void> {
      try {
        await segments.append(record, head.next);
      } catch (error) {
        head.dropped += 1;
        throw error;
      }
    },
    async keepWithinLimits(): Promise<void> {
      const before = head.dropped;
      for (const segment of segments.list().slice()) {
        if (!isBeyondLimits(segment)) break;
        head.dropped += segment.first + segment.count - Math.max(head.next, segment.first);
        head.next = Math.max(head.next, segment.first + segment.count);
        await segments.discard(segment);
      }
      if (head.dropped === before) return;
      warnDropped(log, head.dropped - before);
      await saveHead();
    },
    async peek(max: number): Promise<SpoolBatch | null> {
      const samples: Sample[] = [];
      const before = head.dropped;
      let through = head.next - 1;
      for await (const { number, record } of recordsFrom(segments, head.next)) {
        through = number;
        if (record === null || isTooOld(record)) countDropped(number);
        else samples.push(atPresent(record));
        if (samples.length >= max) break;
      }
      if (head.dropped > before) warnDropped(log, head.dropped - before);
      if (samples.length > 0) return { samples: samples.toSorted((a, b) => a.at - b.at), through };
      if (through >= head.next) await drop(through);
      return null;
    },
    drop,
    hasRecent,
    forgetAll() {
      segments.forgetAll();
      head = { next: 1, dropped: 0 };
    },
    count: () => ({
      samples: Math.max(0, segments.end(head.next) - head.next),
      sizeBytes: sizeBytes(),
      dropped: head.dropped,
    }),
  };
}

/** The records from number `next` on, oldest first; null for one that is damaged. */
async function* recordsFrom(segments: SpoolSegments, next: number) {
  for (const segment of segments.list()) {
    const records = await segments.read(segment);
    for (let index = Math.max(0, next - segment.first); index < segment.count; index += 1) {
      yield { number: segment.first + index, record: records[index] ?? null };
    }
  }
}

function toPresent(record: TimedSample, now: Present, segments: SpoolSegments): Sample {
  return mapToClock(record, now, segments.bootInstant(record.bootId));
}

function sizeOf(segments: SpoolSegments): number {
  return segments.list().reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

function warnDropped(log: Log, count: number): void {
  log.warn(`${count} waiting samples were dropped: too old, too many, or damaged.`);
}
