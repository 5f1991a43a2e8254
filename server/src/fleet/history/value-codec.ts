import type { NumberReader } from "./number-reader.ts";
import { bitLength, type NumberWriter } from "./number-writer.ts";

/**
 * Writes whole numbers, NaN meaning absent: two bits for the format, a bit for each value if any is absent, then the present values,
 * either as differences to the one before or as distances from the smallest, whichever takes fewer bits.
 */
export function writeValues(writer: NumberWriter, values: Float64Array): void {
  const { present, smallest, bitsOfDifferences, bitsOfDistances } = measure(values);
  const isDifferences = bitsOfDifferences < bitsOfDistances;
  const hasGaps = present < values.length;
  writer.bit(isDifferences);
  writer.bit(hasGaps);
  if (hasGaps) for (const value of values) writer.bit(!Number.isNaN(value));
  if (present === 0) return;
  if (isDifferences) writeDifferences(writer, values);
  else writeDistances(writer, values, smallest);
}

/** About how many bits `writeValues` takes, to choose between two encodings. */
export function bitsOfValues(values: Float64Array): number {
  const { bitsOfDifferences, bitsOfDistances } = measure(values);
  return Math.min(bitsOfDifferences, bitsOfDistances);
}

/** Reads `count` numbers that `writeValues` wrote. */
export function readValues(reader: NumberReader, count: number): Float64Array {
  const values = new Float64Array(count);
  const { isDifferences, present } = readFormat(reader, values);
  if (present === 0) return values;
  if (isDifferences) reader.differences(values);
  else reader.distances(values, reader.signed());
  return values;
}

/** Skips `count` numbers that `writeValues` wrote. */
export function skipValues(reader: NumberReader, count: number): void {
  const { isDifferences, present } = readFormat(reader, new Float64Array(count));
  if (present > 0) reader.skip(isDifferences ? present : present + 1);
}

function writeDifferences(writer: NumberWriter, values: Float64Array): void {
  let before = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    writer.signed(value - before);
    before = value;
  }
}

function writeDistances(writer: NumberWriter, values: Float64Array, smallest: number): void {
  writer.signed(smallest);
  for (const value of values) if (!Number.isNaN(value)) writer.unsigned(value - smallest);
}

/** Marks the absent ones in `values` and counts the present ones. */
function readFormat(reader: NumberReader, values: Float64Array): { isDifferences: boolean; present: number } {
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

function measure(values: Float64Array) {
  let present = 0;
  let smallest = Number.POSITIVE_INFINITY;
  let before = 0;
  let bitsOfDifferences = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    present += 1;
    if (value < smallest) smallest = value;
    bitsOfDifferences += bitLength(2 * Math.abs(value - before));
    before = value;
  }
  let bitsOfDistances = present === 0 ? 0 : bitLength(2 * Math.abs(smallest));
  for (const value of values) if (!Number.isNaN(value)) bitsOfDistances += bitLength(value - smallest);
  return { present, smallest, bitsOfDifferences, bitsOfDistances };
}
