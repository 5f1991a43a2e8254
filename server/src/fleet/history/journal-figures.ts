import type { Sample } from "@muster/shared/contracts/metric.ts";
import { createByteReader } from "./byte-reader.ts";
import { createByteWriter } from "./byte-writer.ts";
import { COLUMNS, toScaled } from "./figure.ts";
import { blockOf, EMPTY_BLOCK, type SampleBlock } from "./sample-block.ts";
import { decodeSampleBlock, encodeSampleBlock } from "./sample-block-codec.ts";

// Raised when the digits of a column change: a row of the journal does not repeat them.
const ONE_SAMPLE = 1;
const SEVERAL_SAMPLES = 2;

const writer = createByteWriter();
const bits = COLUMNS.map((column) => ({ ...column, bit: 2 ** column.id }));

/**
 * The figures of one report's samples as bytes: a version, then for one sample a mask of the column ids it has and their
 * values, for several a block. The time of a single sample is not in the bytes but in the row's `at`.
 */
export function encodeFigures(samples: readonly Sample[]): Buffer {
  const [first] = samples;
  if (first && samples.length === 1) return encodeOne(first);
  writer.byte(SEVERAL_SAMPLES);
  writer.bytes(encodeSampleBlock(blockOf(samples)));
  return writer.take();
}

/** The samples of a row of the journal, in the order of the report. Throws on a version that this program does not know. */
export function decodeFigures(at: number, figures: Uint8Array): SampleBlock {
  switch (figures[0]) {
    case ONE_SAMPLE:
      return decodeOne(at, figures);
    case SEVERAL_SAMPLES:
      return decodeSampleBlock(figures.subarray(1));
    case undefined:
      return EMPTY_BLOCK;
    default:
      throw new Error(`a journal row has figures of version ${figures[0]}, which this program does not know`);
  }
}

function encodeOne(sample: Sample): Buffer {
  let mask = 0;
  for (const { name, bit } of bits) if (sample[name] !== undefined) mask += bit;
  writer.byte(ONE_SAMPLE);
  writer.unsigned(mask);
  for (const { name, digits } of bits) {
    const value = sample[name];
    if (value !== undefined) writer.signed(toScaled(value, digits));
  }
  return writer.take();
}

function decodeOne(at: number, figures: Uint8Array): SampleBlock {
  const reader = createByteReader(figures);
  reader.skip(1);
  const mask = reader.unsigned();
  const columns = new Map<number, Float64Array>();
  for (const { id, bit } of bits) {
    if (Math.floor(mask / bit) % 2 === 1) columns.set(id, Float64Array.of(reader.signed()));
  }
  return { times: Float64Array.of(at), columns };
}
