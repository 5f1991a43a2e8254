import { expect, it } from "vitest";
import { findMatches, splitAtMatches, stepMatch } from "./log-search.ts";

it("finds lines ignoring case, and treats no character as a pattern", () => {
  expect(findMatches(["Reports reach it", "a.b", "axb", "REPORT"], "report")).toEqual([0, 3]);
  expect(findMatches(["a.b", "axb"], "a.b")).toEqual([0]);
  expect(findMatches(["a"], "")).toEqual([]);
});

it("wraps around the ends", () => {
  expect(stepMatch(3, -1, 1)).toBe(2);
  expect(stepMatch(3, -1, -1)).toBe(2);
  expect(stepMatch(3, 2, 1)).toBe(0);
  expect(stepMatch(3, 0, -1)).toBe(2);
  expect(stepMatch(0, -1, 1)).toBe(-1);
});

it("splits a text at its matches", () => {
  expect(splitAtMatches("no NO now", "no")).toEqual(["", "no", " ", "NO", " ", "no", "w"]);
  expect(splitAtMatches("abc", "x")).toEqual(["abc"]);
  expect(splitAtMatches("İstanbul", "stan")).toEqual(["İstanbul"]);
});
