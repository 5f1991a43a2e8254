import { describe, expect, it } from "vitest";
import { allCombinations, pairwise } from "./pairwise.ts";

const SCREENS = {
  language: ["en", "de", "fr", "es", "nl"],
  window: ["status", "log", "setup"],
  size: [360, 1440],
  scheme: ["dark", "light"],
} as const;

const countOf = <Row>(rows: readonly Row[], isMatch: (row: Row) => boolean) => rows.filter(isMatch).length;

describe("pairwise", () => {
  it("contains every two values together", () => {
    const rows = pairwise(SCREENS);
    for (const language of SCREENS.language) {
      for (const window of SCREENS.window) {
        expect(countOf(rows, (row) => row.language === language && row.window === window)).toBeGreaterThan(0);
      }
      for (const size of SCREENS.size) {
        expect(countOf(rows, (row) => row.language === language && row.size === size)).toBeGreaterThan(0);
      }
    }
    for (const window of SCREENS.window) {
      for (const scheme of SCREENS.scheme) {
        expect(countOf(rows, (row) => row.window === window && row.scheme === scheme)).toBeGreaterThan(0);
      }
    }
    for (const size of SCREENS.size) {
      for (const scheme of SCREENS.scheme) {
        expect(countOf(rows, (row) => row.size === size && row.scheme === scheme)).toBeGreaterThan(0);
      }
    }
  });

  it("needs hardly more rows than the two longest parameters have pairs", () => {
    expect(pairwise(SCREENS).length).toBeLessThan(19);
    expect(allCombinations(SCREENS)).toHaveLength(60);
  });

  it("is the same in each run", () => {
    expect(pairwise(SCREENS)).toEqual(pairwise(SCREENS));
  });
});

describe("allCombinations", () => {
  it("contains each combination once", () => {
    expect(allCombinations({ a: [1, 2], b: ["x", "y"] })).toEqual([
      { a: 1, b: "x" },
      { a: 1, b: "y" },
      { a: 2, b: "x" },
      { a: 2, b: "y" },
    ]);
  });
});
