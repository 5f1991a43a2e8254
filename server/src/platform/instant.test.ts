import fc from "fast-check";
import { expect, test } from "vitest";
import { toInstant, toNullableInstant } from "./instant.ts";

test("formats every instant as Date does", () => {
  const anyMs = fc.oneof(
    fc.integer({ min: -8.64e15, max: 8.64e15 }),
    fc.integer({ min: 0, max: Date.UTC(2200, 0) }),
    fc.constantFrom(
      0,
      -1,
      Date.UTC(10_000, 0) - 1,
      Date.UTC(10_000, 0),
      Date.UTC(2024, 1, 29, 23, 59, 59, 999),
    ),
  );
  fc.assert(
    fc.property(anyMs, (ms) => {
      expect(toInstant(ms)).toBe(new Date(ms).toISOString());
    }),
    { numRuns: 1000 },
  );
});

test("refuses what is not an instant", () => {
  expect(() => toInstant(Number.NaN)).toThrow(RangeError);
  expect(() => toInstant(9e15)).toThrow(RangeError);
});

test("returns null for what has not happened", () => {
  expect(toNullableInstant(null)).toBeNull();
  expect(toNullableInstant(0)).toBe("1970-01-01T00:00:00.000Z");
});
