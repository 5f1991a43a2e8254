import { describe, expect, test } from "vitest";
import { compareSortKeys, foldCase, LAST_SORT_KEY, naturalSortKey } from "./natural-order.ts";

const sorted = (names: string[]) =>
  names.toSorted((a, b) => compareSortKeys(naturalSortKey(a), naturalSortKey(b)));

describe("natural order", () => {
  test("sorts numbers by their value, whatever the case of the letters", () => {
    expect(sorted(["web-10", "Web-2", "alpha", "WEB-1"])).toEqual(["alpha", "WEB-1", "Web-2", "web-10"]);
  });

  test("treats full-width letters and digits as plain ones", () => {
    expect(foldCase("Ｗｅｂ-２")).toBe("web-2");
    expect(naturalSortKey("Ｗｅｂ-２")).toBe(naturalSortKey("web-2"));
  });

  test("limits the length of a key and never ends it with half a character", () => {
    const key = naturalSortKey(`${"x".repeat(99)}😀`);
    expect(key).toHaveLength(100);
    expect(key.isWellFormed()).toBe(true);
  });

  test("sorts a missing text last", () => {
    expect(compareSortKeys(naturalSortKey("\u{ffff}zz"), LAST_SORT_KEY)).toBeLessThan(0);
    expect(compareSortKeys(naturalSortKey("😀"), LAST_SORT_KEY)).toBeLessThan(0);
  });

  test("compares keys as a database compares their bytes", () => {
    const keys = ["", "a", "ab", "b", "\u{d7ff}", "\u{e000}", "\u{ffff}", "😀", "😀a", "\u{10ffff}"];
    for (const a of keys) {
      for (const b of keys) {
        const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
        expect(Math.sign(compareSortKeys(a, b)), `${a} ${b}`).toBe(bytes);
      }
    }
  });
});
