import { join } from "node:path";
import type { FilePort } from "../../platform/ports.ts";
import { type Log, messageOf } from "../log.ts";
import { decodeRecords, encodeRecord, firstOf, type SpoolSegment, segmentName } from "./spool-segment.ts";
import { createBootInstants, type TimedSample } from "./timed-sample.ts";

const RECENT_COUNT = 8;

/** The files of the spool. */
export type SpoolSegments = {
  /** Oldest first. */
  list(): readonly SpoolSegment[];
  /** Number of the record that is appended next; `next` where there is no segment. */
  end(next: number): number;
  /** Rejects when the disk does not accept the record. */
  append(record: TimedSample, next: number): Promise<void>;
  read(segment: SpoolSegment): Promise<(TimedSample | null)[]>;
  /** Never rejects: a file that could not be removed is logged. */
  discard(segment: SpoolSegment): Promise<void>;
  /** Discards every segment whose records all have a number up to `number`. */
  discardThrough(number: number): Promise<void>;
  /** Forgets every segment; the files are removed by the caller. */
  forgetAll(): void;
  hasRecent(at: number): boolean;
  /** When a boot began, as its last sample knew it. */
  bootInstant(bootId: string): number | undefined;
};

type Deps = { files: FilePort; folder: string; segmentBytes: number; log: Log };

export async function openSegments({ files, folder, segmentBytes, log }: Deps): Promise<SpoolSegments> {
  const segments: SpoolSegment[] = [];
  const bootInstants = createBootInstants();
  let recent: number[] = [];

  function note(record: TimedSample): void {
    recent = [...recent.slice(1 - RECENT_COUNT), record.sample.at];
    bootInstants.note(record);
  }

  await files.makeFolder(folder);
  for (const { name, sizeBytes } of await files.list(folder)) {
    const first = firstOf(name);
    if (first === null) continue;
    const records = decodeRecords((await files.read(join(folder, name))) ?? "");
    for (const record of records) if (record) note(record);
    const last = records.findLast((record) => record !== null) ?? null;
    segments.push({ name, first, count: records.length, sizeBytes, last });
  }
  segments.sort((a, b) => a.first - b.first);
  // The last file may end in a torn line: what comes next starts a new one.
  let isTailTorn = segments.length > 0;

  const end = (next: number) =>
    Math.max(next, ...segments.slice(-1).map(({ first, count }) => first + count));

  async function tail(next: number): Promise<SpoolSegment> {
    const last = segments.at(-1);
    if (last && !isTailTorn && last.sizeBytes < segmentBytes) return last;
    const first = end(next);
    // An empty file left by a failed append may have this very name.
    if (last?.first === first) await discard(last);
    const made = { name: segmentName(first), first, count: 0, sizeBytes: 0, last: null };
    segments.push(made);
    isTailTorn = false;
    return made;
  }

  async function discard(segment: SpoolSegment): Promise<void> {
    segments.splice(segments.indexOf(segment), 1);
    try {
      await files.remove(join(folder, segment.name));
    } catch (error) {
      log.error(`A file of the spool could not be removed: ${messageOf(error)}`);
    }
  }

  return {
    list: () => segments,
    end,
    async append(record, next) {
      const line = encodeRecord(record);
      try {
        const segment = await tail(next);
        await files.append(join(folder, segment.name), line, { sync: false });
        segment.count += 1;
        segment.sizeBytes += Buffer.byteLength(line);
        segment.last = record;
        note(record);
      } catch (error) {
        isTailTorn = true;
        throw error;
      }
    },
    read: async ({ name }) => decodeRecords((await files.read(join(folder, name))) ?? ""),
    discard,
    async discardThrough(number) {
      for (const segment of segments.slice()) {
        if (segment.first + segment.count - 1 <= number) await discard(segment);
      }
    },
    forgetAll: () => void (segments.length = 0),
    hasRecent: (at) => recent.includes(at),
    bootInstant: bootInstants.of,
  };
}
