import fc from "fast-check";
import { expect, test } from "vitest";
import { toLine, line } from "./text.ts";

const anyText = fc.string({ unit: "binary", maxLength: 40 }).map((text) => text + text.slice(0, 3));
const anyUnits = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
  .map((units) => String.fromCharCode(...units));

test("turns any text into a valid line, or returns nothing when nothing is left", () => {
  fc.assert(
    fc.property(fc.oneof(anyText, anyUnits), fc.integer({ min: 1, max: 20 }), (text, max) => {
      const made = toLine(text, max);
      if (made !== null) expect(line(max).parse(made)).toBe(made);
    }),
  );
});

test("does not change a valid line", () => {
  expect(toLine("Zoë O'Neill \u{1f600}", 120)).toBe("Zoë O'Neill \u{1f600}");
});

test("cuts between two characters, and replaces invalid characters of a line by a space", () => {
  expect(toLine("ab\u{1f600}c", 3)).toBe("ab\u{1f600}");
  expect(toLine("a\u0000b\nc", 10)).toBe("a b c");
  expect(toLine(" \u001b\n", 10)).toBeNull();
});
