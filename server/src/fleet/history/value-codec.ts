import type { ByteReader } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";

const DIFFERENCES = 1;
const BITMAP = 2;

/**
 * Writes whole numbers, NaN meaning absent: a form byte, a presence bitmap if any is absent, then the present ones, either as
 * differences to the one before or as distances from the smallest, whichever takes fewer bits.
 */
export function writeValues(writer: ByteWriter, values: Float64Array): void {
  const present = values.filter((value) => !Number.isNaN(value));
  const smallest = present.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const isDifferences = bitsOfDifferences(present) < bitsOfDistances(present, smallest);
  const hasGaps = present.length < values.length;
  writer.byte((isDifferences ? DIFFERENCES : 0) | (hasGaps ? BITMAP : 0));
  if (hasGaps) writer.bytes(bitmapOf(values));
  if (present.length === 0) return;
  let before = isDifferences ? 0 : smallest;
  if (!isDifferences) writer.signed(smallest);
  for (const value of present) {
    if (isDifferences) {
      writer.signed(value - before);
      before = value;
    } else {
      writer.unsigned(value - before);
    }
  }
}

/** Reads `count` numbers that `writeValues` wrote. */
export function readValues(reader: ByteReader, count: number): Float64Array {
  const form = reader.byte();
  const bitmap = form & BITMAP ? reader.bytes(Math.ceil(count / 8)) : null;
  const values = new Float64Array(count).fill(Number.NaN);
  const isDifferences = (form & DIFFERENCES) !== 0;
  let before: number | null = isDifferences ? 0 : null;
  for (let index = 0; index < count; index += 1) {
    if (bitmap && !isSet(bitmap, index)) continue;
    before ??= reader.signed();
    if (isDifferences) {
      before += reader.signed();
      values[index] = before;
    } else {
      values[index] = before + reader.unsigned();
    }
  }
  return values;
}

function bitsOfDifferences(present: Float64Array): number {
  let bits = 0;
  let before = 0;
  for (const value of present) {
    bits += bitsOf(2 * Math.abs(value - before));
    before = value;
  }
  return bits;
}

function bitsOfDistances(present: Float64Array, smallest: number): number {
  let bits = bitsOf(2 * Math.abs(smallest));
  for (const value of present) bits += bitsOf(value - smallest);
  return bits;
}

function bitsOf(value: number): number {
  return value < 2 ** 32 ? 32 - Math.clz32(value) : 33;
}

function bitmapOf(values: Float64Array): Uint8Array {
  const bitmap = new Uint8Array(Math.ceil(values.length / 8));
  for (const [index, value] of values.entries()) {
    if (!Number.isNaN(value)) bitmap[index >> 3] = (bitmap[index >> 3] ?? 0) | (1 << (index & 7));
  }
  return bitmap;
}

function isSet(bitmap: Uint8Array, index: number): boolean {
  return ((bitmap[index >> 3] ?? 0) & (1 << (index & 7))) !== 0;
}
