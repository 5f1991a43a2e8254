import { INSTANCE_KINDS, type Sample } from "@muster/shared/contracts/metric.ts";
import { labelledMetricsOf, MAX_INSTANCES_PER_SAMPLE } from "@muster/shared/contracts/metric-table.ts";
import { type BlockBuilder, createBlockBuilder } from "./block-builder.ts";
import { type InstanceNumbers, labelledValues } from "./labelled-value.ts";
import { COLUMNS, INTERVAL_COLUMN, toScaled } from "./scaled-value.ts";
import { readSampleBlock, writeSampleBlock } from "./sample-block-codec.ts";
import type { SampleBlock } from "./sample-block.ts";
import { openStoredBytes, toStoredBytes } from "./stored-bytes.ts";

// Increment the versions when the digits of a column change: a row of the journal does not store them.
const VERSION_ONE_SAMPLE = 1;
const VERSION_SEVERAL_SAMPLES = 2;

const bits = COLUMNS.map((column) => ({ ...column, bit: 2 ** column.id }));
const MAX_LABELLED_METRICS = INSTANCE_KINDS.flatMap(labelledMetricsOf).length;
const ANY_LABELLED_BIT = 1;
/** Its value comes after those of the metrics. */
const INTERVAL_BIT = 2 ** INTERVAL_COLUMN;
/** A column and a value take at most 8 bytes each. */
const MAX_BYTES_PER_VALUE = 16;
const scratch = Buffer.alloc(
  MAX_BYTES_PER_VALUE * (COLUMNS.length + MAX_INSTANCES_PER_SAMPLE * MAX_LABELLED_METRICS),
);

/** What is stored with the samples of a report beside their metrics. */
export type SampleDetails = {
  /** The numbers under which labelled series are stored; without one an instance is left out. */
  instances?: InstanceNumbers | undefined;
  /** The report interval in seconds. */
  intervalS?: number | undefined;
};

const NO_INSTANCES: InstanceNumbers = new Map();

/**
 * The samples of one report as bytes: a version, then for one sample a mask of the column ids it has and their
 * values as varints, for several a block. The time of a single sample is not in the bytes but in the row's `at`. A bit of the
 * mask announces the report interval, the lowest one labelled values: their number, then the column and the value of each.
 */
export function encodeSamples(samples: readonly Sample[], details: SampleDetails = {}): Buffer {
  const [first] = samples;
  if (first && samples.length === 1) return encodeOne(first, details);
  const block = toStoredBytes("quick", (writer) => writeSampleBlock(writer, blockOf(samples, details)));
  return Buffer.concat([Buffer.of(VERSION_SEVERAL_SAMPLES), block]);
}

/**
 * The samples of rows of the journal, in the order of the rows and, within a row, of the report; times may repeat.
 * Throws for an unknown version.
 */
export function decodeRows(rows: Iterable<{ at: number; samples: Uint8Array }>): SampleBlock {
  const builder = createBlockBuilder();
  for (const { at, samples } of rows) {
    const version = samples[0];
    if (version === VERSION_ONE_SAMPLE) decodeOne(builder, at, samples);
    else if (version === VERSION_SEVERAL_SAMPLES)
      builder.add(readSampleBlock(openStoredBytes(samples.subarray(1))));
    else
      throw new Error(
        `The samples of a journal row have version ${version}, which this program does not know.`,
      );
  }
  return builder.build();
}

/** Samples in their order as a block. */
export function blockOf(
  samples: Iterable<Sample>,
  { instances = NO_INSTANCES, intervalS }: SampleDetails = {},
): SampleBlock {
  const builder = createBlockBuilder();
  for (const sample of samples) {
    builder.begin(sample.at);
    for (const { id, name, digits } of COLUMNS) {
      const value = sample[name];
      if (value !== undefined) builder.set(id, toScaled(value, digits));
    }
    if (intervalS !== undefined) builder.set(INTERVAL_COLUMN, intervalS);
    if (!sample.series) continue;
    for (const { column, scaled } of labelledValues(sample.series, instances)) builder.set(column, scaled);
  }
  return builder.build();
}

function encodeOne(sample: Sample, { instances = NO_INSTANCES, intervalS }: SampleDetails): Buffer {
  const labelled = sample.series ? labelledValues(sample.series, instances) : [];
  let mask = labelled.length > 0 ? ANY_LABELLED_BIT : 0;
  if (intervalS !== undefined) mask += INTERVAL_BIT;
  for (const { name, bit } of bits) if (sample[name] !== undefined) mask += bit;
  scratch[0] = VERSION_ONE_SAMPLE;
  let end = writeVarint(scratch, 1, mask);
  for (const { name, digits } of bits) {
    const value = sample[name];
    if (value === undefined) continue;
    end = writeVarint(scratch, end, zigzag(toScaled(value, digits)));
  }
  if (intervalS !== undefined) end = writeVarint(scratch, end, zigzag(intervalS));
  if (labelled.length > 0) end = writeVarint(scratch, end, labelled.length);
  for (const { column, scaled } of labelled) {
    end = writeVarint(scratch, end, column);
    end = writeVarint(scratch, end, zigzag(scaled));
  }
  return Buffer.from(scratch.subarray(0, end));
}

function decodeOne(builder: BlockBuilder, at: number, samples: Uint8Array): void {
  const next = readVarint(samples, 1);
  const mask = next();
  builder.begin(at);
  for (const { id, bit } of bits) {
    if (Math.floor(mask / bit) % 2 === 0) continue;
    builder.set(id, fromZigzag(next()));
  }
  if (Math.floor(mask / INTERVAL_BIT) % 2 === 1) builder.set(INTERVAL_COLUMN, fromZigzag(next()));
  if (mask % 2 !== ANY_LABELLED_BIT) return;
  for (let left = next(); left > 0; left -= 1) builder.set(next(), fromZigzag(next()));
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function fromZigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

/** Writes an unsigned LEB128 varint up to 2^53 at `start`; returns where it ends. */
function writeVarint(target: Uint8Array, start: number, value: number): number {
  let position = start;
  let rest = value;
  // Bit operations see 32 bits only.
  while (rest >= 0x80000000) {
    target[position++] = (rest % 128) | 0x80;
    rest = Math.floor(rest / 128);
  }
  while (rest >= 0x80) {
    target[position++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  target[position++] = rest;
  return position;
}

/** Returns a function that reads the varints from `start` on. It throws when the bytes end too early. */
function readVarint(source: Uint8Array, start: number): () => number {
  let position = start;
  return () => {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = source[position++];
      if (byte === undefined) throw new Error("The samples of a journal row end too early.");
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
    }
  };
}
