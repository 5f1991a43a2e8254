import type { Sample } from "@muster/shared/contracts/metric.ts";
import { COLUMNS, toScaled } from "./figure.ts";
import { readSampleBlock, writeSampleBlock } from "./sample-block-codec.ts";
import { blockOf, EMPTY_BLOCK, type SampleBlock } from "./sample-block.ts";
import { openStoredBytes, toStoredBytes } from "./stored-bytes.ts";
import { readVarint, writeVarint } from "./varint.ts";

// Raised when the digits of a column change: a row of the journal does not repeat them.
const ONE_SAMPLE = 1;
const SEVERAL_SAMPLES = 2;

const bits = COLUMNS.map((column) => ({ ...column, bit: 2 ** column.id }));
const scratch = Buffer.alloc(256);

/**
 * The figures of one report's samples as bytes: a version, then for one sample a mask of the column ids it has and their
 * values as varints, for several a block. The time of a single sample is not in the bytes but in the row's `at`.
 */
export function encodeFigures(samples: readonly Sample[]): Buffer {
  const [first] = samples;
  if (first && samples.length === 1) return encodeOne(first);
  const block = toStoredBytes("quick", (writer) => writeSampleBlock(writer, blockOf(samples)));
  return Buffer.concat([Buffer.of(SEVERAL_SAMPLES), block]);
}

/** The samples of a row of the journal, in the order of the report. Throws on a version that this program does not know. */
export function decodeFigures(at: number, figures: Uint8Array): SampleBlock {
  switch (figures[0]) {
    case ONE_SAMPLE:
      return decodeOne(at, figures);
    case SEVERAL_SAMPLES:
      return readSampleBlock(openStoredBytes(figures.subarray(1)));
    case undefined:
      return EMPTY_BLOCK;
    default:
      throw new Error(`a journal row has figures of version ${figures[0]}, which this program does not know`);
  }
}

function encodeOne(sample: Sample): Buffer {
  let mask = 0;
  for (const { name, bit } of bits) if (sample[name] !== undefined) mask += bit;
  scratch[0] = ONE_SAMPLE;
  let end = writeVarint(scratch, 1, mask);
  for (const { name, digits } of bits) {
    const value = sample[name];
    if (value === undefined) continue;
    const scaled = toScaled(value, digits);
    end = writeVarint(scratch, end, scaled < 0 ? -2 * scaled - 1 : 2 * scaled);
  }
  return Buffer.from(scratch.subarray(0, end));
}

function decodeOne(at: number, figures: Uint8Array): SampleBlock {
  const next = readVarint(figures, 1);
  const mask = next();
  const columns = new Map<number, Float64Array>();
  for (const { id, bit } of bits) {
    if (Math.floor(mask / bit) % 2 === 0) continue;
    const zigzag = next();
    columns.set(id, Float64Array.of(zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2));
  }
  return { times: Float64Array.of(at), columns };
}
