import { createByteReader } from "./byte-reader.ts";
import { createByteWriter } from "./byte-writer.ts";
import { COLUMNS, rescale } from "./figure.ts";
import type { SampleBlock } from "./sample-block.ts";
import { readValues, writeValues } from "./value-codec.ts";

const digitsById = new Map(COLUMNS.map(({ id, digits }) => [id, digits]));
const writer = createByteWriter(4096);
const columnWriter = createByteWriter(1024);

/**
 * A block as bytes: count, first time, second differences of the times, number of columns, then for each column its id, its
 * digits, the length of its values, and its values.
 */
export function encodeSampleBlock({ times, columns }: SampleBlock): Buffer {
  writer.unsigned(times.length);
  writeTimes(times);
  writer.unsigned(columns.size);
  for (const [id, values] of columns) {
    writeValues(columnWriter, values);
    const bytes = columnWriter.take();
    writer.unsigned(id);
    writer.signed(digitsById.get(id) ?? 0);
    writer.unsigned(bytes.length);
    writer.bytes(bytes);
  }
  return writer.take();
}

/**
 * The block that `encodeSampleBlock` made bytes of, with the columns of `wanted`, or all known ones. Columns that this version
 * does not know are left out; those kept with other digits are converted. Throws on damaged bytes.
 */
export function decodeSampleBlock(bytes: Uint8Array, wanted?: ReadonlySet<number>): SampleBlock {
  const reader = createByteReader(bytes);
  const count = reader.unsigned();
  const times = new Float64Array(count);
  let time = 0;
  let step = 0;
  for (let index = 0; index < count; index += 1) {
    if (index === 0) time = reader.signed();
    else time += step += reader.signed();
    times[index] = time;
  }
  const columns = new Map<number, Float64Array>();
  for (let left = reader.unsigned(); left > 0; left -= 1) {
    const id = reader.unsigned();
    const digits = reader.signed();
    const length = reader.unsigned();
    const keptDigits = digitsById.get(id);
    if (keptDigits === undefined || (wanted && !wanted.has(id))) reader.skip(length);
    else columns.set(id, rescale(readValues(reader, count), digits, keptDigits));
  }
  return { times, columns };
}

function writeTimes(times: Float64Array): void {
  let time = 0;
  let step = 0;
  for (const [index, next] of times.entries()) {
    if (index === 0) {
      writer.signed(next);
    } else {
      writer.signed(next - time - step);
      step = next - time;
    }
    time = next;
  }
}
