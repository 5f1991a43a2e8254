import type { HourPoint } from "@muster/shared/contracts/local-agent.ts";
import { expect, it } from "vitest";
import { hourLine, hourSpan } from "./hour-line.ts";

const HOUR_MS = 3_600_000;
const frame = { fromMs: 0, untilMs: HOUR_MS, width: 120, height: 102 };
const point = (minute: number, cpu: number | null): HourPoint => ({
  atMs: minute * 60_000,
  score: null,
  cpu,
  memory: null,
  disk: null,
});

it("draws from left to right, with higher values above", () => {
  const line = hourLine([point(0, 0), point(30, 50), point(60, 100)], "cpu", frame);
  expect(line.path).toBe("M0 101L60 51L120 1");
  expect(line).toMatchObject({ last: 100, lowest: 0, highest: 100, gaps: 0 });
});

it("interrupts the line where points are missing, and draws a single one as a dot", () => {
  const minutes = [0, 1, 2, 3, 20, 40, 41, 42];
  const line = hourLine(
    minutes.map((minute) => point(minute, 10)),
    "cpu",
    frame,
  );
  expect(line.gaps).toBe(2);
  expect(line.path.match(/M/g)).toHaveLength(3);
  expect(line.path).toContain("M40 91h0");
});

it("interrupts the line where a metric could not be read for a while", () => {
  const points = [point(0, 1), point(1, 1), point(2, null), point(3, null), point(4, 1), point(5, 1)];
  expect(hourLine(points, "cpu", frame).gaps).toBe(1);
});

it("leaves out older points", () => {
  const line = hourLine([point(1, 90), point(31, 10), point(61, 20)], "cpu", {
    ...frame,
    fromMs: 120_000,
    untilMs: HOUR_MS + 120_000,
  });
  expect(line).toMatchObject({ lowest: 10, highest: 20 });
});

it("is empty for a metric that was never read", () => {
  const nothing = { path: "", last: null, lowest: null, highest: null, gaps: 0 };
  expect(hourLine([point(0, 5)], "score", frame)).toEqual(nothing);
  expect(hourLine([], "cpu", frame)).toEqual(nothing);
});

it("keeps values out of range inside the chart", () => {
  expect(hourLine([point(0, -20), point(60, 900)], "cpu", frame).path).toBe("M0 101L120 1");
});

const MINUTE_MS = 60_000;
const UNTIL_MS = 100 * MINUTE_MS;
const pointsAt = (...minutes: number[]) =>
  minutes.map((minute) => ({ atMs: minute * MINUTE_MS, score: 1, cpu: 1, memory: 1, disk: 1 }));

it("is the whole hour when its first point is about that old", () => {
  const span = { fromMs: 40 * MINUTE_MS, untilMs: UNTIL_MS, startedAtMs: null, hasLines: true };
  expect(hourSpan(pointsAt(12, 41, 80, 99), UNTIL_MS)).toEqual(span);
});

it("starts with the first point when that is younger", () => {
  const startedAtMs = 80 * MINUTE_MS;
  const span = { fromMs: startedAtMs, untilMs: UNTIL_MS, startedAtMs, hasLines: true };
  expect(hourSpan(pointsAt(80, 81, 99), UNTIL_MS)).toEqual(span);
});

it("leaves space on the right in the first minutes", () => {
  const startedAtMs = 98 * MINUTE_MS;
  const span = { fromMs: startedAtMs, untilMs: 103 * MINUTE_MS, startedAtMs, hasLines: true };
  expect(hourSpan(pointsAt(98, 99), UNTIL_MS)).toEqual(span);
});

it("has no lines with a single point", () => {
  expect(hourSpan(pointsAt(12, 99), UNTIL_MS)).toMatchObject({ hasLines: false });
  expect(hourSpan([], UNTIL_MS)).toMatchObject({ hasLines: false, startedAtMs: null });
});
