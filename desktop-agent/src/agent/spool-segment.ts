import type { Sample } from "@muster/shared/contracts/metric.ts";
import { parseOwn } from "./own-file.ts";
import type { TimedSample } from "./timed-sample.ts";

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
  const stored = parseOwn<StoredRecord>(
    line,
    ({ b, t, s }) => typeof b === "string" && typeof t === "number" && typeof s.at === "number",
  );
  return stored && { bootId: stored.b, sinceBootMs: stored.t, sample: stored.s };
}
