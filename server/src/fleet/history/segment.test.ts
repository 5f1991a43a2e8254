import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COLUMNS } from "./scaled-value.ts";
import { blockOf } from "./journal-codec.ts";
import { coarsen, rollUp } from "./rollup.ts";
import { mergeBlocks, type SampleBlock } from "./sample-block.ts";
import { arbitrarySample } from "./sample.fixture.ts";
import { packRollups, packSamples, unpackRollups, unpackSamples } from "./segment.ts";

const arbitraryBlock = fc
  .array(arbitrarySample, { maxLength: 150 })
  .map((samples) => mergeBlocks([blockOf(samples)]));

describe("a stored segment", () => {
  it("gives its samples back", () => {
    fc.assert(
      fc.property(arbitraryBlock, (block) => {
        expect(unpackSamples(packSamples(block))).toEqual(block);
      }),
    );
  });

  it("gives back only the columns that are wanted", () => {
    fc.assert(
      fc.property(arbitraryBlock, fc.subarray(COLUMNS.map(({ id }) => id)), (block, ids) => {
        const expected = new Map([...block.columns].filter(([id]) => ids.includes(id)));
        expect(unpackSamples(packSamples(block), new Set(ids)).columns).toEqual(expected);
      }),
    );
  });

  it("throws on bytes that end too early instead of returning wrong values", () => {
    const stored = packSamples(blockOf([{ at: 1_790_000_000_123, netIn: 123_456_789 }]));
    expect(() => unpackSamples(stored.subarray(0, stored.length - 2))).toThrow("too early");
  });

  it("throws on a version that is not known", () => {
    expect(() => unpackSamples(Buffer.of(77, 0, 0, 0))).toThrow("version 77");
  });
});

describe("stored rollups", () => {
  it("give their buckets back, of 5 minutes and of a day made of hours", () => {
    fc.assert(
      fc.property(arbitraryBlock, (block) => {
        for (const rollups of [rollUp(block, 300_000), coarsen(rollUp(block, 3_600_000), 86_400_000)]) {
          expect(unpackRollups(packRollups(rollups))).toEqual(rollups);
        }
      }),
    );
  });
});

describe("merging blocks", () => {
  it("orders samples and keeps the one that was given last of each time", () => {
    const time = fc.integer({ min: 1_000, max: 1_040 });
    const sample = fc.record({ at: time, cpu: fc.integer({ min: 0, max: 100 }) });
    fc.assert(
      fc.property(fc.array(fc.array(sample, { maxLength: 30 }), { maxLength: 6 }), (parts) => {
        const expected = new Map(parts.flat().map(({ at, cpu }) => [at, cpu * 10]));
        const merged = mergeBlocks(parts.map((samples) => blockOf(samples)));
        expect([...merged.times]).toEqual([...expected.keys()].toSorted((one, other) => one - other));
        expect(cpuOf(merged)).toEqual(expected);
      }),
    );
  });
});

function cpuOf({ times, columns }: SampleBlock): Map<number, number> {
  return new Map([...(columns.get(1) ?? [])].map((cpu, index) => [times[index] ?? Number.NaN, cpu]));
}
