import { expect, test } from "vitest";
import { isNestedDeeperThan } from "./nesting.ts";

test("counts levels of arrays and objects alike", () => {
  expect(isNestedDeeperThan("text", 0)).toBe(false);
  expect(isNestedDeeperThan({}, 0)).toBe(false);
  expect(isNestedDeeperThan({ list: [1] }, 2)).toBe(false);
  expect(isNestedDeeperThan({ list: [1] }, 1)).toBe(true);
});

test("does not fail at any depth", () => {
  const deep: unknown = JSON.parse("[".repeat(100_000) + "]".repeat(100_000));
  expect(isNestedDeeperThan(deep, 32)).toBe(true);
});
