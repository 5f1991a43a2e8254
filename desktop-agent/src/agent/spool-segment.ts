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
  return `${JSON.stringify({ b: bootId, t: sinceBootMs, s: sample })}\n`;
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
  try {
    const { b, t, s } = JSON.parse(line) as { b: unknown; t: unknown; s: unknown };
    if (typeof b !== "string" || typeof t !== "number") return null;
    if (typeof s !== "object" || s === null || !("at" in s) || typeof s.at !== "number") return null;
    return { bootId: b, sinceBootMs: t, sample: s as TimedSample["sample"] };
  } catch {
    return null; // Counted as dropped by the reader.
  }
}
