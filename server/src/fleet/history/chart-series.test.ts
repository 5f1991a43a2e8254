import { METRICS } from "@muster/shared/contracts/metric.ts";
import { describe, expect, it } from "vitest";
import { shapeRollups, shapeSamples, medianInterval } from "./chart-series.ts";
import { blockOf } from "./journal-codec.ts";
import { rollUp } from "./rollup.ts";
import { mergeBlocks } from "./sample-block.ts";

const CPU = METRICS.cpu.column;
const DISK_FREE = METRICS.diskFree.column;
const START = Date.UTC(2026, 3, 1);
const at = (seconds: number) => START + seconds * 1000;

describe("the shape of samples", () => {
  it("breaks the line where samples are more than 2.5 intervals apart", () => {
    const block = blockOf([0, 30, 105, 181].map((seconds) => ({ at: at(seconds), cpu: 5 })));
    const { times, series } = shapeSamples(block, new Set([CPU]), 30_000);
    expect(times).toEqual([at(0), at(30), at(105), at(135), at(181)]);
    expect(series.get(CPU)?.avg).toEqual([5, 5, 5, null, 5]);
  });

  it("gives values to their digits, null where one is absent, and no series of what was never measured", () => {
    const block = blockOf([
      { at: at(0), cpu: 12.34, diskFree: 5_499_999 },
      { at: at(30), diskFree: 5_500_000 },
    ]);
    const { series } = shapeSamples(block, new Set([CPU, DISK_FREE, METRICS.battery.column]), 30_000);
    expect([...series]).toEqual([
      [CPU, { avg: [12.3, null] }],
      [DISK_FREE, { avg: [5_000_000, 6_000_000] }],
    ]);
  });
});

describe("the shape of rollups", () => {
  it("breaks the line at buckets in which nothing was measured for longer than the interval allows", () => {
    const block = blockOf([0, 299, 600, 900].map((seconds) => ({ at: at(seconds), cpu: seconds / 10 })));
    const { times, series } = shapeRollups(rollUp(block, 300_000), new Set([CPU]), 300_000, 30_000);
    expect(times).toEqual([at(0), at(300), at(600), at(900)]);
    expect(series.get(CPU)).toEqual({
      avg: [15, null, 60, 90],
      min: [0, null, 60, 90],
      max: [29.9, null, 60, 90],
    });
  });

  it("does not break the line of a device that reports less often than the buckets follow each other", () => {
    const block = blockOf([0, 900, 1800].map((seconds) => ({ at: at(seconds), cpu: 1 })));
    expect(shapeRollups(rollUp(block, 300_000), new Set([CPU]), 300_000, 900_000).times).toHaveLength(3);
  });
});

describe("the median interval", () => {
  it("is the median step, so that one long gap does not count", () => {
    expect(medianInterval(Float64Array.of(0, 30, 60, 5000, 5030, 5061))).toBe(30);
    expect(medianInterval(Float64Array.of(0, 30))).toBeNull();
  });
});

describe("gaps", () => {
  const INTERVALS: readonly [number, number | undefined][] = [
    [0, 300],
    [300, 300],
    [600, 30],
    [630, 30],
    [730, 30],
    [760, undefined],
    [860, undefined],
  ];

  it("are judged by the interval that was in force, and by the given one where none is known", () => {
    const block = mergeBlocks(
      INTERVALS.map(([seconds, intervalS]) => blockOf([{ at: at(seconds), cpu: 1 }], { intervalS })),
    );
    const wanted = new Set([CPU]);
    const gapsOf = (intervalMs: number) => {
      const { times, series } = shapeSamples(block, wanted, intervalMs);
      return times.filter((_, index) => series.get(CPU)?.avg[index] === null);
    };
    expect(gapsOf(60_000)).toEqual([at(660)]);
    expect(gapsOf(30_000)).toEqual([at(660), at(790)]);
    const { times, series } = shapeRollups(rollUp(block, 10_000), wanted, 10_000, 60_000);
    expect(times.filter((_, index) => series.get(CPU)?.avg[index] === null)).toEqual([at(640)]);
  });
});
