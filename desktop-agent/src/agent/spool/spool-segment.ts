import type { Sample } from "@muster/shared/contracts/metric.ts";
import { type Log, messageOf } from "../log.ts";
import type { TimedSample } from "./timed-sample.ts";
import type { StateFiles } from "../state/state-files.ts";
import { parseStored } from "../state/state-file.ts";
import type { FilePort } from "../../platform/ports.ts";

/** One file of the spool: records `first` to `first + count - 1`, oldest first. */
export type SpoolSegment = {
  name: string;
  first: number;
  count: number;
  sizeBytes: number;
  /** The newest record, null while there is none. */
  last: TimedSample | null;
};

/** Boot id, milliseconds since boot, sample: short names, since there may be 200,000 of them. */
type StoredRecord = { b: string; t: number; s: Sample };

const NAME = /^(\d{15})\.spool$/;

export function segmentName(first: number): string {
  return `${String(first).padStart(15, "0")}.spool`;
}

/** Number of the first record of a segment file, null when the file is none. */
export function firstOf(name: string): number | null {
  const match = NAME.exec(name);
  return match ? Number(match[1]) : null;
}

export function encodeRecord({ bootId, sinceBootMs, sample }: TimedSample): string {
  const record: StoredRecord = { b: bootId, t: sinceBootMs, s: sample };
  return `${JSON.stringify(record)}\n`;
}

/**
 * The records of a segment. A line that is none keeps its number as null: a crash or a full disk may tear the last line, a bad
 * sector any.
 */
export function decodeRecords(text: string): (TimedSample | null)[] {
  const lines = text.split("\n");
  lines.pop(); // What follows the last line break was torn, or is empty.
  return lines.map(decodeRecord);
}

function decodeRecord(line: string): TimedSample | null {
  const stored = parseStored<StoredRecord>(
    line,
    ({ b, t, s }) => typeof b === "string" && typeof t === "number" && typeof s.at === "number",
  );
  return stored && { bootId: stored.b, sinceBootMs: stored.t, sample: stored.s };
}

/** Where the spool is read: the number of its oldest record, and how many samples were lost since enrolment. */
export type SpoolHead = { next: number; dropped: number };

/** The stored head; of a damaged one, delivered samples that are still there go out again and are known by their instant. */
export async function readSpoolHead(files: StateFiles, path: string): Promise<SpoolHead> {
  const stored = await files.readState<SpoolHead>(
    path,
    ({ next, dropped }) => Number.isSafeInteger(next) && Number.isSafeInteger(dropped),
  );
  return stored ?? { next: 1, dropped: 0 };
}

/** Stores the head. Never rejects: until it can be stored again a restart sends delivered samples once more. */
export async function writeSpoolHead(
  files: FilePort,
  path: string,
  head: SpoolHead,
  log: Log,
): Promise<void> {
  try {
    await files.replace(path, JSON.stringify(head), { sync: true });
  } catch (error) {
    log.error(`The place in the spool could not be stored: ${messageOf(error)}`);
  }
}
