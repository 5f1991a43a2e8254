import { digitsOfColumn, rescale } from "./scaled-value.ts";
import type { NumberReader } from "./number-reader.ts";
import type { NumberWriter } from "./number-writer.ts";
import type { RollupBlock, RollupColumn } from "./rollup.ts";
import { readTimes, writeTimes } from "./time-codec.ts";
import { bitsOfValues, readValues, skipValues, writeValues } from "./value-codec.ts";

/**
 * Writes rollups: the bucket starts, the number of columns, then for each its id, its digits, counts, averages,
 * minima and maxima.
 */
export function writeRollups(writer: NumberWriter, { starts, columns }: RollupBlock): void {
  writeTimes(writer, starts);
  writer.unsigned(columns.size);
  for (const [id, { count, avg, min, max }] of columns) {
    writer.unsigned(id);
    writer.signed(digitsOfColumn(id) ?? 0);
    writeValues(writer, count);
    writeValues(writer, avg);
    writeBound(writer, min, avg);
    writeBound(writer, max, avg);
  }
}

/** Reads rollups with the columns of `wanted`, or all known ones; unknown and converted columns as in a block of samples. */
export function readRollups(reader: NumberReader, wanted?: ReadonlySet<number>): RollupBlock {
  const starts = readTimes(reader);
  const columns = new Map<number, RollupColumn>();
  for (let left = reader.unsigned(); left > 0; left -= 1) {
    const id = reader.unsigned();
    const digits = reader.signed();
    const keptDigits = digitsOfColumn(id);
    if (keptDigits === undefined || (wanted && !wanted.has(id))) {
      skipColumn(reader, starts.length);
    } else {
      columns.set(id, readColumn(reader, starts.length, digits, keptDigits));
    }
  }
  return { starts, columns };
}

function readColumn(reader: NumberReader, length: number, digits: number, keptDigits: number): RollupColumn {
  const count = readValues(reader, length);
  const avg = readValues(reader, length);
  const min = readBound(reader, avg);
  const max = readBound(reader, avg);
  const kept = (values: Float64Array) => rescale(values, digits, keptDigits);
  return { count, avg: kept(avg), min: kept(min), max: kept(max) };
}

function skipColumn(reader: NumberReader, length: number): void {
  skipValues(reader, length);
  skipValues(reader, length);
  for (let bound = 0; bound < 2; bound += 1) {
    reader.bit();
    skipValues(reader, length);
  }
}

/** Writes bounds as they are or as distances from the average, whichever is shorter: the minimum of a rate is mostly zero. */
function writeBound(writer: NumberWriter, bound: Float64Array, avg: Float64Array): void {
  const distances = new Float64Array(bound.length);
  for (let index = 0; index < bound.length; index += 1)
    distances[index] = (bound[index] ?? 0) - (avg[index] ?? 0);
  const isDistances = bitsOfValues(distances) < bitsOfValues(bound);
  writer.bit(isDistances);
  writeValues(writer, isDistances ? distances : bound);
}

function readBound(reader: NumberReader, avg: Float64Array): Float64Array {
  const isDistances = reader.bit();
  const values = readValues(reader, avg.length);
  if (!isDistances) return values;
  for (let index = 0; index < values.length; index += 1)
    values[index] = (values[index] ?? 0) + (avg[index] ?? 0);
  return values;
}
