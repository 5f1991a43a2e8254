import { readRollups, writeRollups } from "./rollup-codec.ts";
import type { RollupBlock } from "./rollup.ts";
import { readSampleBlock, writeSampleBlock } from "./sample-block-codec.ts";
import type { SampleBlock } from "./sample-block.ts";
import { openStoredBytes, toStoredBytes } from "./stored-bytes.ts";
import { readTimes } from "./time-codec.ts";

/** A segment of samples as it is stored. */
export function packSamples(block: SampleBlock): Buffer {
  return toStoredBytes("packed", (writer) => writeSampleBlock(writer, block));
}

/** Opens a stored segment. Throws on damaged bytes and on a version that this program does not know. */
export function unpackSamples(stored: Uint8Array, wanted?: ReadonlySet<number>): SampleBlock {
  return readSampleBlock(openStoredBytes(stored), wanted);
}

/** The times of a stored segment, without the values, which are most of it. */
export function unpackTimes(stored: Uint8Array): Float64Array {
  return readTimes(openStoredBytes(stored));
}

/** A period's rollups as they are stored. */
export function packRollups(rollups: RollupBlock): Buffer {
  return toStoredBytes("packed", (writer) => writeRollups(writer, rollups));
}

/** Opens stored rollups. Throws like `unpackSamples`. */
export function unpackRollups(stored: Uint8Array, wanted?: ReadonlySet<number>): RollupBlock {
  return readRollups(openStoredBytes(stored), wanted);
}
