import { expect, it } from "vitest";
import { hourSpan } from "./hour-span.ts";

const MINUTE_MS = 60_000;
const UNTIL_MS = 100 * MINUTE_MS;
const pointsAt = (...minutes: number[]) =>
  minutes.map((minute) => ({ atMs: minute * MINUTE_MS, score: 1, cpu: 1, memory: 1, disk: 1 }));

it("is the hour when its first figure is about that old", () => {
  const span = { fromMs: 40 * MINUTE_MS, untilMs: UNTIL_MS, startedAtMs: null, hasLines: true };
  expect(hourSpan(pointsAt(12, 41, 80, 99), UNTIL_MS)).toEqual(span);
});

it("begins with the first figure when that is younger", () => {
  const startedAtMs = 80 * MINUTE_MS;
  const span = { fromMs: startedAtMs, untilMs: UNTIL_MS, startedAtMs, hasLines: true };
  expect(hourSpan(pointsAt(80, 81, 99), UNTIL_MS)).toEqual(span);
});

it("leaves room on the right in the first minutes", () => {
  const startedAtMs = 98 * MINUTE_MS;
  const span = { fromMs: startedAtMs, untilMs: 103 * MINUTE_MS, startedAtMs, hasLines: true };
  expect(hourSpan(pointsAt(98, 99), UNTIL_MS)).toEqual(span);
});

it("has no lines of a single figure", () => {
  expect(hourSpan(pointsAt(12, 99), UNTIL_MS)).toMatchObject({ hasLines: false });
  expect(hourSpan([], UNTIL_MS)).toMatchObject({ hasLines: false, startedAtMs: null });
});
