import type { LogChunk, LogPosition } from "@muster/shared/contracts/local-agent.ts";
import { MAX_LOG_CHUNK_BYTES } from "@muster/shared/protocol/local-protocol.ts";
import type { FilePart, FilePort } from "../../platform/ports.ts";

const NEWLINE = 0x0a;
const NO_LOG: LogChunk = { run: "none", text: "", fromByte: 0, toByte: 0, sizeBytes: 0 };
// Bytes that are no text, and what could forge a line or drive a terminal.
const UNPRINTABLE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/g;

/**
 * Reads the agent's own log and nothing else: the path is the configuration's, links are not followed, and no more of the file is
 * touched than what is handed out. A place in another file than the present one is answered with the present one's end.
 */
export async function readLog(files: FilePort, path: string, place: LogPosition): Promise<LogChunk> {
  switch (place.kind) {
    case "end":
      return readEnd(files, path);
    case "after": {
      const part = await files.readPart(path, place.byte, MAX_LOG_CHUNK_BYTES);
      return isThere(part, place) ? asPart(part, 0, lastLineEnd(part)) : readEnd(files, path);
    }
    case "before": {
      const from = Math.max(0, place.byte - MAX_LOG_CHUNK_BYTES);
      const part = await files.readPart(path, from, place.byte - from);
      return isThere(part, place)
        ? asPart(part, firstLineStart(part), part.bytes.length)
        : readEnd(files, path);
    }
  }
}

async function readEnd(files: FilePort, path: string): Promise<LogChunk> {
  const part = await files.readPart(path, -MAX_LOG_CHUNK_BYTES, MAX_LOG_CHUNK_BYTES);
  return part === null ? NO_LOG : asPart(part, firstLineStart(part), lastLineEnd(part));
}

/** Whether it is the file that the reader knows, and still as long as they know it. */
function isThere(part: FilePart | null, place: Extract<LogPosition, { byte: number }>): part is FilePart {
  return part !== null && part.file === place.run && place.byte <= part.sizeBytes;
}

function asPart({ file, sizeBytes, fromByte, bytes }: FilePart, start: number, end: number): LogChunk {
  const text = bytes.subarray(start, Math.max(start, end)).toString("utf8").replace(UNPRINTABLE, "\ufffd");
  return { run: file, text, fromByte: fromByte + start, toByte: fromByte + Math.max(start, end), sizeBytes };
}

/** The part begins in the middle of a line unless it begins the file. A part of one line alone stays whole. */
function firstLineStart({ fromByte, bytes }: FilePart): number {
  const start = fromByte === 0 ? 0 : bytes.indexOf(NEWLINE) + 1;
  return start === bytes.length ? 0 : start;
}

/** A line that is still being written is left for the next part, unless it fills this one. */
function lastLineEnd({ bytes }: FilePart): number {
  const end = bytes.lastIndexOf(NEWLINE) + 1;
  return end === 0 && bytes.length === MAX_LOG_CHUNK_BYTES ? bytes.length : end;
}
