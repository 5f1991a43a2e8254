import { digitsOfColumn, rescale } from "./scaled-value.ts";
import type { NumberReader } from "./number-reader.ts";
import type { NumberWriter } from "./number-writer.ts";
import type { SampleBlock } from "./sample-block.ts";
import { readTimes, writeTimes } from "./time-codec.ts";
import { readValues, skipValues, writeValues } from "./value-codec.ts";

/** Writes a block: the times, the number of columns, then for each its id, its digits and its values. */
export function writeSampleBlock(writer: NumberWriter, { times, columns }: SampleBlock): void {
  writeTimes(writer, times);
  writer.unsigned(columns.size);
  for (const [id, values] of columns) {
    writer.unsigned(id);
    writer.signed(digitsOfColumn(id) ?? 0);
    writeValues(writer, values);
  }
}

/**
 * Reads a block with the columns of `wanted`, or all known ones. Unknown columns are left out; columns that
 * were stored with other digits are converted.
 */
export function readSampleBlock(reader: NumberReader, wanted?: ReadonlySet<number>): SampleBlock {
  const times = readTimes(reader);
  const columns = new Map<number, Float64Array>();
  for (let left = reader.unsigned(); left > 0; left -= 1) {
    const id = reader.unsigned();
    const digits = reader.signed();
    const keptDigits = digitsOfColumn(id);
    if (keptDigits === undefined || (wanted && !wanted.has(id))) skipValues(reader, times.length);
    else columns.set(id, rescale(readValues(reader, times.length), digits, keptDigits));
  }
  return { times, columns };
}
