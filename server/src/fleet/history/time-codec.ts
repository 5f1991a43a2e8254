import type { NumberReader } from "./number-reader.ts";
import type { NumberWriter } from "./number-writer.ts";
import { readValues, writeValues } from "./value-codec.ts";

/** Writes times: how many, the first, then the steps between them. */
export function writeTimes(writer: NumberWriter, times: Float64Array): void {
  writer.unsigned(times.length);
  const [first] = times;
  if (first === undefined) return;
  writer.signed(first);
  writeValues(
    writer,
    times.subarray(1).map((time, index) => time - (times[index] ?? 0)),
  );
}

export function readTimes(reader: NumberReader): Float64Array {
  const times = new Float64Array(reader.unsigned());
  if (times.length === 0) return times;
  let time = reader.signed();
  times[0] = time;
  for (const [index, step] of readValues(reader, times.length - 1).entries()) {
    time += step;
    times[index + 1] = time;
  }
  return times;
}
