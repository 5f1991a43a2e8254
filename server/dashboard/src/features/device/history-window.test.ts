import { describe, expect, it } from "vitest";
import {
  appendHistory,
  type ChartHistory,
  historyRows,
  summarize,
  valueAt,
  newestValue,
} from "./history-window.ts";

function rawHistory(times: number[], cpu: (number | null)[]): ChartHistory {
  return { resolution: "raw", times, series: { cpu: { avg: cpu } } };
}

describe("appending newer points", () => {
  const known = { fromMs: 0, toMs: 100, history: rawHistory([0, 30, 60, 90], [1, 2, null, 4]) };

  it("moves the span and drops what left it", () => {
    const after = appendHistory(known, rawHistory([110, 120], [5, 6]), 125);
    expect(after.fromMs).toBe(25);
    expect(after.toMs).toBe(125);
    expect(after.history.times).toEqual([30, 60, 90, 110, 120]);
    expect(after.history.series.cpu?.avg).toEqual([2, null, 4, 5, 6]);
  });

  it("lets the newer part win where both know a time", () => {
    const after = appendHistory(known, rawHistory([90, 120], [9, 6]), 100);
    expect(after.history.times).toEqual([0, 30, 60, 90, 120]);
    expect(after.history.series.cpu?.avg).toEqual([1, 2, null, 9, 6]);
  });

  it("leaves nulls where only one side knows a metric", () => {
    const newer: ChartHistory = { resolution: "raw", times: [120], series: { memory: { avg: [50] } } };
    const { series } = appendHistory(known, newer, 100).history;
    expect(series.memory?.avg).toEqual([null, null, null, null, 50]);
    expect(series.cpu?.avg).toEqual([1, 2, null, 4, null]);
  });

  it("keeps everything when nothing new came", () => {
    expect(appendHistory(known, rawHistory([], []), 100).history.times).toEqual([0, 30, 60, 90]);
  });
});

describe("what a chart says in words", () => {
  it("takes least and most from the band, and counts gaps between figures only", () => {
    const history: ChartHistory = {
      resolution: "5m",
      times: [1, 2, 3, 4, 5, 6, 7],
      series: {
        cpu: {
          avg: [null, 10, null, null, 20, null, 30],
          min: [null, 5, null, null, 15, null, 25],
          max: [null, 50, null, null, 60, null, 40],
        },
      },
    };
    expect(summarize(history, "cpu")).toEqual({ last: 30, avg: 20, min: 5, max: 60, gaps: 2 });
  });

  it("says nothing about a metric without figures", () => {
    expect(summarize(rawHistory([1, 2], [null, null]), "cpu")).toBeNull();
    expect(summarize(rawHistory([1], [1]), "disk")).toBeNull();
  });
});

describe("the value at a time", () => {
  const history = rawHistory([1_000, 2_000, 3_000], [10, null, 30]);

  it("is the one at the nearest time, null in a gap and too far away", () => {
    expect(valueAt(history, "cpu", 1_400, 1_000)).toBe(10);
    expect(valueAt(history, "cpu", 2_900, 1_000)).toBe(30);
    expect(valueAt(history, "cpu", 2_000, 1_000)).toBeNull();
    expect(valueAt(history, "cpu", 9_000, 1_000)).toBeNull();
    expect(valueAt(history, "cpu", -500, 2_000)).toBe(10);
    expect(valueAt(history, "disk", 1_000, 1_000)).toBeNull();
    expect(valueAt(rawHistory([], []), "cpu", 1_000, 1_000)).toBeNull();
  });
});

describe("the rows of an export", () => {
  it("are times in UTC with the averages, without those that only break a line", () => {
    expect(historyRows(rawHistory([0, 30_000, 60_000], [1.5, null, 0]), ["cpu"])).toEqual([
      ["1970-01-01T00:00:00.000Z", 1.5],
      ["1970-01-01T00:01:00.000Z", 0],
    ]);
  });
});

it("calls only a value of the device itself the present one, not the last average of a long span", () => {
  expect(newestValue({ disk: 89 }, "disk", 58)).toEqual({ value: 89, isNow: true });
  expect(newestValue({}, "disk", 58)).toEqual({ value: 58, isNow: false });
  expect(newestValue({ disk: 0 }, "disk", 58)).toEqual({ value: 0, isNow: true });
});
