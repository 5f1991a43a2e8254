import { join } from "node:path";
import type { Sample } from "@muster/shared/contracts/metric.ts";
import { type Log, messageOf } from "../log.ts";
import { createSerialQueue } from "../serial-queue.ts";
import { decodeRecords, encodeRecord, firstOf, readSpoolHead, segmentName, type SpoolHead, type SpoolSegment, writeSpoolHead } from "./spool-segment.ts";
import { createBootInstants, mapToClock, type Present, type TimedSample } from "./timed-sample.ts";
import type { FilePort } from "../../platform/ports.ts";

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
  /** Samples lost since enrolment: too old, too many, unreadable, or the disk took none. */
  dropped: number;
  /** The disk did not take the last sample. */
  isBlocked: boolean;
};

/** The oldest samples, and the record number up to which `drop` forgets them once they are delivered. */
export type SpoolBatch = { samples: Sample[]; through: number };

export type Spool = {
  /** Keeps a sample that could not be sent. Never rejects: a disk that takes none is said in `status` and in the log. */
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

const RECENT = 8;

type Deps = { files: FilePort; folder: string; present: () => Present; log: Log; limits?: SpoolLimits };

/**
 * Samples that wait for the server, in append-only files; the oldest go first when age or size demand it. Safe against a crash
 * at any point: a torn line is dropped, a record is never given out twice after `drop`.
 */
export async function openSpool({
  files,
  folder,
  present,
  log,
  limits = SPOOL_LIMITS,
}: Deps): Promise<Spool> {
  const inTurn = createSerialQueue();
  const headPath = join(folder, "head.json");
  const segments: SpoolSegment[] = [];
  const bootInstants = createBootInstants();
  let head: SpoolHead = { next: 1, dropped: 0 };
  let isBlocked = false;
  let isTailTorn = false;
  let countedThrough = 0;
  let recent: number[] = [];

  function note(record: TimedSample): void {
    recent = [...recent.slice(1 - RECENT), record.sample.at];
    bootInstants.note(record);
  }

  async function load(): Promise<void> {
    await files.makeFolder(folder);
    head = await readSpoolHead(files, headPath);
    for (const { name, sizeBytes } of await files.list(folder)) {
      const first = firstOf(name);
      if (first === null) continue;
      const records = decodeRecords((await files.read(join(folder, name))) ?? "");
      for (const record of records) if (record) note(record);
      segments.push({
        name,
        first,
        count: records.length,
        sizeBytes,
        last: records.findLast((r) => r !== null) ?? null,
      });
    }
    segments.sort((a, b) => a.first - b.first);
    // The last file may end in a torn line: what comes next starts a new one.
    isTailTorn = segments.length > 0;
    await forgetRead();
    await keepWithinLimits();
  }

  const end = () => Math.max(head.next, ...segments.slice(-1).map(({ first, count }) => first + count));

  async function tail(): Promise<SpoolSegment> {
    const last = segments.at(-1);
    if (last && !isTailTorn && last.sizeBytes < limits.segmentBytes) return last;
    const first = end();
    // An empty file left by a failed append may have this very name.
    if (last?.first === first) await discard(last);
    const made = { name: segmentName(first), first, count: 0, sizeBytes: 0, last: null };
    segments.push(made);
    isTailTorn = false;
    return made;
  }

  async function append(record: TimedSample): Promise<void> {
    const line = encodeRecord(record);
    try {
      const segment = await tail();
      await files.append(join(folder, segment.name), line, { sync: false });
      segment.count += 1;
      segment.sizeBytes += Buffer.byteLength(line);
      segment.last = record;
      note(record);
      if (isBlocked) log.info("The disk takes samples again.");
      isBlocked = false;
    } catch (error) {
      isTailTorn = true;
      head.dropped += 1;
      if (!isBlocked)
        log.error(`A sample could not be kept for later: ${messageOf(error)}. Live reports go on.`);
      isBlocked = true;
    }
    await keepWithinLimits();
  }

  async function keepWithinLimits(): Promise<void> {
    const before = head.dropped;
    let sizeBytes = segments.reduce((sum, segment) => sum + segment.sizeBytes, 0);
    for (const segment of segments.slice()) {
      const isTail = segment === segments.at(-1);
      const isTooOld = segment.last !== null && isOlder(segment.last);
      if (!isTooOld && (sizeBytes <= limits.maxBytes || isTail)) break;
      head.dropped += segment.first + segment.count - Math.max(head.next, segment.first);
      head.next = Math.max(head.next, segment.first + segment.count);
      sizeBytes -= segment.sizeBytes;
      await discard(segment);
    }
    const dropped = head.dropped - before;
    if (dropped > 0) {
      sayDropped(dropped);
      await saveHead();
    }
  }

  function sayDropped(count: number): void {
    log.warn(`${count} waiting samples were dropped: too old, too many, or damaged.`);
  }

  function isOlder(record: TimedSample): boolean {
    const now = present();
    const { at } = mapToClock(record, now, bootInstants.of(record.bootId));
    return at < now.wallMs - limits.maxAgeMs;
  }

  async function discard(segment: SpoolSegment): Promise<void> {
    segments.splice(segments.indexOf(segment), 1);
    try {
      await files.remove(join(folder, segment.name));
    } catch (error) {
      log.error(`A file of the spool could not be removed: ${messageOf(error)}`);
    }
  }

  async function forgetRead(): Promise<void> {
    for (const segment of segments.slice()) {
      if (segment.first + segment.count <= head.next) await discard(segment);
    }
  }

  const saveHead = () => writeSpoolHead(files, headPath, head, log);

  async function peek(max: number): Promise<SpoolBatch | null> {
    const samples: Sample[] = [];
    const before = head.dropped;
    let through = head.next - 1;
    for (const segment of segments) {
      if (samples.length >= max) break;
      const records = decodeRecords((await files.read(join(folder, segment.name))) ?? "");
      for (let index = Math.max(0, head.next - segment.first); index < segment.count; index += 1) {
        if (samples.length >= max) break;
        const record = records[index] ?? null;
        through = segment.first + index;
        if (record === null || isOlder(record)) countDropped(through);
        else samples.push(mapToClock(record, present(), bootInstants.of(record.bootId)));
      }
    }
    if (head.dropped > before) sayDropped(head.dropped - before);
    if (samples.length > 0) return { samples: samples.toSorted((a, b) => a.at - b.at), through };
    if (through >= head.next) await drop(through);
    return null;
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
    await forgetRead();
  }

  await load();
  return {
    append: (sample) => inTurn(() => append(sample)),
    peek: (max) => inTurn(() => peek(max)),
    drop: (through) => inTurn(() => drop(through)),
    hasRecent: (at) => recent.includes(at),
    clear: () =>
      inTurn(async () => {
        await files.remove(folder);
        await files.makeFolder(folder);
        segments.length = 0;
        head = { next: 1, dropped: 0 };
      }),
    status: () => ({
      samples: Math.max(0, end() - head.next),
      sizeBytes: segments.reduce((sum, segment) => sum + segment.sizeBytes, 0),
      dropped: head.dropped,
      isBlocked,
    }),
  };
}
