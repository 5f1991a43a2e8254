import { describe, expect, it } from "vitest";
import { appendHistory, type ChartHistory, summarize } from "./history-window.ts";

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
