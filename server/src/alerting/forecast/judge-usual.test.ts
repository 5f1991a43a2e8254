import { expect, it } from "vitest";
import { deviationOf, MIN_USUAL_VALUES, usualOf, usualSpans } from "./judge-usual.ts";

const many = (value: number, count = MIN_USUAL_VALUES) => Array.from({ length: count }, () => value);

it("says nothing about less than 72 values", () => {
  expect(usualOf("cpu", many(5, 71))).toBeNull();
  expect(usualOf("cpu", many(5))).toEqual({ middle: 5, spread: 2, count: 72 });
});

it("gives constant values a spread by unit and size", () => {
  expect(usualOf("cpu", many(80))?.spread).toBe(4);
  expect(usualOf("temperature", many(0))?.spread).toBe(1);
  expect(usualOf("netIn", many(1e6))?.spread).toBe(50_000);
});

it("measures in spreads, below the usual value as a negative number", () => {
  const usual = { middle: 20, spread: 4, count: 100 };
  expect(deviationOf(60, usual)).toBe(10);
  expect(deviationOf(12, usual)).toBe(-2);
});

it("compares with three hours in each of the four weeks before", () => {
  const at = Date.UTC(2026, 2, 30, 9, 40);
  const spans = usualSpans(at).map(({ from, to }) => [
    new Date(from).toISOString().slice(5, 13),
    new Date(to).toISOString().slice(5, 13),
  ]);
  expect(spans).toEqual([
    ["03-02T08", "03-02T11"],
    ["03-09T08", "03-09T11"],
    ["03-16T08", "03-16T11"],
    ["03-23T08", "03-23T11"],
  ]);
});
