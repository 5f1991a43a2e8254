import { describe, expect, it } from "vitest";
import { forecastDisk } from "./forecast-disk.ts";
import { medianOf, spreadOf } from "./median.ts";
import { theilSen } from "./theil-sen.ts";

const HOUR = 3_600_000;
const GB = 1e9;

/** Hours of a disk of 100 GB; `usedGb` gives what is used at an hour, undefined while the machine was off. */
function disk(hours: number, usedGb: (hour: number) => number | undefined, sizeGb = (_: number) => 100) {
  const rows = Array.from({ length: hours }, (_, hour) => [hour, usedGb(hour)] as const).flatMap(
    ([hour, used]) => (used === undefined ? [] : [[hour, used, sizeGb(hour)] as const]),
  );
  return {
    times: Float64Array.from(rows, ([hour]) => hour * HOUR),
    free: Float64Array.from(rows, ([, used, size]) => (size - used) * GB),
    used: Float64Array.from(rows, ([, used, size]) => Math.round((used / size) * 1_000) / 10),
  };
}
const DAYS = 24;

describe("the forecast of a disk", () => {
  it("gives the days until nothing is free, and what it is based on", () => {
    const forecast = forecastDisk(
      disk(20 * DAYS + 1, (hour) => 60 + hour / 24),
      10,
    );
    expect(forecast?.daysLeft).toBeCloseTo(20, 0);
    expect(forecast?.perDay).toBeCloseTo(GB, -7);
    expect(forecast).toMatchObject({ days: 20, at: 20 * DAYS * HOUR });
  });

  it.each<[string, (hour: number) => number]>([
    ["stays as it is", () => 99],
    ["shrinks", (hour) => 90 - hour / 24],
    ["is emptied every day", (hour) => 50 + 2 * (hour % 24)],
    ["is emptied every week", (hour) => 50 + (hour % 168) / 4],
    ["takes one large copy", (hour) => (hour < 400 ? 50 : 90)],
    ["took one large copy today", (hour) => (hour < 26 * DAYS ? 50 : 90)],
    ["swings around a level", (hour) => 60 + 20 * Math.sin(hour * 1.7)],
  ])("is none for a disk that %s", (_, usedGb) => {
    expect(forecastDisk(disk(27 * DAYS, usedGb), 10)).toBeNull();
  });

  it("needs its history, at the present size", () => {
    const growing = (hour: number) => 40 + hour / 24;
    expect(forecastDisk(disk(9 * DAYS, growing), 10)).toBeNull();
    expect(forecastDisk(disk(11 * DAYS, growing), 10)).not.toBeNull();
    const resized = (hour: number) => (hour < 12 * DAYS ? 100 : 120);
    expect(forecastDisk(disk(20 * DAYS, growing, resized), 10)).toBeNull();
    expect(forecastDisk(disk(24 * DAYS, growing, resized), 10)).not.toBeNull();
  });

  it("does not count the copy in the growth", () => {
    const usedGb = (hour: number) => 30 + hour / 24 + (hour < 15 * DAYS ? 0 : 20);
    expect(forecastDisk(disk(20 * DAYS + 1, usedGb), 10)?.perDay).toBeCloseTo(GB, -8);
  });

  it("notices a rotation that no longer empties, and lows that fall", () => {
    const broken = (hour: number) => 30 + (hour < 21 * DAYS ? (hour % 168) / 8 : (hour - 21 * DAYS) / 8);
    expect(forecastDisk(disk(32 * DAYS, broken), 10)?.perDay).toBeCloseTo(3 * GB, -8);
    const falling = (hour: number) => 30 + (hour % 168) / 8 + hour / 48;
    expect(forecastDisk(disk(40 * DAYS, falling), 10)?.perDay).toBeCloseTo(0.5 * GB, -8);
  });

  it("goes on after a full disk was cleaned up", () => {
    const usedGb = (hour: number) => 20 + (hour % (20 * DAYS)) / 6.1;
    expect(forecastDisk(disk(33 * DAYS, usedGb), 10)?.daysLeft).toBeCloseTo(7.4, 0);
  });

  it("takes machines that are off at night and at weekends", () => {
    const usedGb = (hour: number) =>
      hour % 24 < 9 || hour % 24 > 16 || Math.floor(hour / 24) % 7 > 4 ? undefined : 60 + hour / 24;
    expect(forecastDisk(disk(26 * DAYS, usedGb), 10)?.daysLeft).toBeCloseTo(15, -1);
  });
});

describe("robust numbers", () => {
  it("are not moved by a minority of wrong values", () => {
    expect(medianOf([1, 3, 2, 1_000])).toBe(2.5);
    expect(spreadOf([9, 10, 11, 500], 10)).toBeCloseTo(1.4826);
    const points = Array.from({ length: 9 }, (_, x) => ({ x, y: x === 4 ? -900 : 2 * x }));
    expect(theilSen(points)?.slope).toBe(2);
    expect(theilSen([{ x: 1, y: 1 }])).toBeNull();
  });
});
