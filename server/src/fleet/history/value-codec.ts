import type { NumberReader } from "./number-reader.ts";
import { bitLength, type NumberWriter } from "./number-writer.ts";

/**
 * Writes whole numbers, NaN meaning absent: two bits that say the form, a bit for each if any is absent, then the present ones,
 * either as differences to the one before or as distances from the smallest, whichever takes fewer bits.
 */
export function writeValues(writer: NumberWriter, values: Float64Array): void {
  const present = presentOf(values);
  const smallest = smallestOf(present);
  const isDifferences = bitsOfDifferences(present) < bitsOfDistances(present, smallest);
  const hasGaps = present.length < values.length;
  writer.bit(isDifferences);
  writer.bit(hasGaps);
  if (hasGaps) for (const value of values) writer.bit(!Number.isNaN(value));
  if (present.length === 0) return;
  if (isDifferences) writeDifferences(writer, present);
  else writeDistances(writer, present, smallest);
}

function writeDifferences(writer: NumberWriter, present: Float64Array): void {
  let before = 0;
  for (const value of present) {
    writer.signed(value - before);
    before = value;
  }
}

function writeDistances(writer: NumberWriter, present: Float64Array, smallest: number): void {
  writer.signed(smallest);
  for (const value of present) writer.unsigned(value - smallest);
}

/** Reads `count` numbers that `writeValues` wrote. */
export function readValues(reader: NumberReader, count: number): Float64Array {
  const values = new Float64Array(count);
  const { isDifferences, present } = readForm(reader, values);
  if (present === 0) return values;
  let base = isDifferences ? 0 : reader.signed();
  for (let index = 0; index < count; index += 1) {
    if (Number.isNaN(values[index])) continue;
    if (isDifferences) {
      base += reader.signed();
      values[index] = base;
    } else {
      values[index] = base + reader.unsigned();
    }
  }
  return values;
}

/** Passes over `count` numbers that `writeValues` wrote. */
export function skipValues(reader: NumberReader, count: number): void {
  const { isDifferences, present } = readForm(reader, new Float64Array(count));
  if (present > 0) reader.skip(isDifferences ? present : present + 1);
}

/** Marks the absent ones in `values` and counts the present ones. */
function readForm(reader: NumberReader, values: Float64Array): { isDifferences: boolean; present: number } {
  const isDifferences = reader.bit();
  let present = values.length;
  if (reader.bit()) {
    for (let index = 0; index < values.length; index += 1) {
      if (reader.bit()) continue;
      values[index] = Number.NaN;
      present -= 1;
    }
  }
  return { isDifferences, present };
}

/** About how many bits `writeValues` takes, to choose between two ways of saying the same. */
export function bitsOfValues(values: Float64Array): number {
  const present = presentOf(values);
  return Math.min(bitsOfDifferences(present), bitsOfDistances(present, smallestOf(present)));
}

function presentOf(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value));
}

function smallestOf(present: Float64Array): number {
  return present.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
}

function bitsOfDifferences(present: Float64Array): number {
  let bits = 0;
  let before = 0;
  for (const value of present) {
    bits += bitLength(2 * Math.abs(value - before));
    before = value;
  }
  return bits;
}

function bitsOfDistances(present: Float64Array, smallest: number): number {
  let bits = bitLength(2 * Math.abs(smallest));
  for (const value of present) bits += bitLength(value - smallest);
  return bits;
}
