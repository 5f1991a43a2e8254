import type { LogChunk, LogPosition } from "@muster/shared/contracts/local-agent.ts";
import { type LogLine, splitLog } from "./log-line.ts";

type Chunk = {
  run: string;
  fromByte: number;
  toByte: number;
  firstNumber: number;
  lines: readonly LogLine[];
};

/**
 * The loaded parts of the log, oldest first, at most `MAX_BYTES`. Each line has a number that never changes: earlier lines have
 * smaller numbers.
 */
export type LogParts = {
  chunks: readonly Chunk[];
  sizeBytes: number;
  /** Whether the first line is the beginning of the log, or what came before can no longer be read. */
  isAtBeginning: boolean;
  /** Whether the last line is the newest one; false after newer parts were dropped to make room for earlier ones. */
  isAtEnd: boolean;
};

export const NO_PARTS: LogParts = { chunks: [], sizeBytes: 0, isAtBeginning: false, isAtEnd: true };

/** About 30,000 lines, which a window shows without delay. */
export const MAX_BYTES = 3 * 1_048_576;
/** New lines are collected in chunks of this size. */
const CHUNK_BYTES = 262_144;

/** Starts with the end of the log. */
export function beginWith(part: LogChunk): LogParts {
  return {
    chunks: part.text === "" ? [] : [chunkOf(part, 0)],
    sizeBytes: part.sizeBytes,
    isAtBeginning: part.fromByte === 0,
    isAtEnd: true,
  };
}

/** Appends new lines. The lines of a log that was rotated meanwhile are kept. */
export function addLater(parts: LogParts, part: LogChunk): LogParts {
  const last = parts.chunks.at(-1);
  if (!last) return beginWith(part);
  if (part.text === "") return { ...parts, sizeBytes: part.sizeBytes };
  const next = chunkOf(part, last.firstNumber + last.lines.length);
  const isGathered = part.run === last.run && next.toByte - last.fromByte <= CHUNK_BYTES;
  const chunks = isGathered
    ? [...parts.chunks.slice(0, -1), { ...last, toByte: next.toByte, lines: [...last.lines, ...next.lines] }]
    : [...parts.chunks, next];
  const kept = dropFirst(chunks);
  const isAtBeginning = parts.isAtBeginning && kept.length === chunks.length;
  return { ...parts, chunks: kept, sizeBytes: part.sizeBytes, isAtBeginning };
}

/** Prepends earlier lines. Drops the newest parts when the size limit is reached. */
export function addEarlier(parts: LogParts, part: LogChunk): LogParts {
  const first = parts.chunks[0];
  if (!first || part.run !== first.run || part.text === "") return { ...parts, isAtBeginning: true };
  const lines = splitLog(part.text);
  const { run, fromByte, toByte } = part;
  const chunks = [
    { run, fromByte, toByte, lines, firstNumber: first.firstNumber - lines.length },
    ...parts.chunks,
  ];
  const kept = dropLast(chunks);
  return {
    ...parts,
    chunks: kept,
    isAtBeginning: fromByte === 0,
    isAtEnd: parts.isAtEnd && kept.length === chunks.length,
  };
}

/** Where to continue reading; null when no line is loaded. */
export function positionAfter({ chunks }: LogParts): LogPosition | null {
  const last = chunks.at(-1);
  return last ? { kind: "after", run: last.run, byte: last.toByte } : null;
}

export function positionBefore({ chunks, isAtBeginning }: LogParts): LogPosition | null {
  const first = chunks[0];
  return first && !isAtBeginning ? { kind: "before", run: first.run, byte: first.fromByte } : null;
}

function chunkOf({ run, fromByte, toByte, text }: LogChunk, firstNumber: number): Chunk {
  return { run, fromByte, toByte, firstNumber, lines: splitLog(text) };
}

function dropFirst(chunks: readonly Chunk[]): readonly Chunk[] {
  let from = 0;
  let bytes = bytesOf(chunks);
  while (bytes > MAX_BYTES && from < chunks.length - 1) {
    bytes -= bytesOf(chunks.slice(from, from + 1));
    from += 1;
  }
  return chunks.slice(from);
}

function dropLast(chunks: readonly Chunk[]): readonly Chunk[] {
  let to = chunks.length;
  let bytes = bytesOf(chunks);
  while (bytes > MAX_BYTES && to > 1) {
    bytes -= bytesOf(chunks.slice(to - 1, to));
    to -= 1;
  }
  return chunks.slice(0, to);
}

function bytesOf(chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, { fromByte, toByte }) => sum + toByte - fromByte, 0);
}
