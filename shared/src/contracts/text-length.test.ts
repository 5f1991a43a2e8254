import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { line, lines, toLine } from "./text.ts";
import { cutToLength, fitsLength } from "./text-length.ts";

/** Letters with combining marks, right-to-left letters, emoji with modifiers and joiners, lone surrogates. */
const anyCharacter = fc.oneof(
  fc.constantFrom(
    "e\u0301",
    "\u0915\u093f",
    "\u05e9\u05c1",
    "\u0645\u0651",
    "\u{1f469}\u200d\u{1f4bb}",
    "\u{1f44d}\u{1f3fd}",
    "\u{20000}",
  ),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 2 }),
  fc.integer({ min: 0xd800, max: 0xdfff }).map((unit) => String.fromCharCode(unit)),
);
const anyText = fc.array(anyCharacter, { maxLength: 30 }).map((parts) => parts.join(""));
const anyMax = fc.integer({ min: 0, max: 40 });

describe("the length of a text", () => {
  it("is the length that zod counts", () => {
    fc.assert(
      fc.property(anyText, anyMax, (text, max) => {
        expect(fitsLength(text, max)).toBe(z.string().max(max).safeParse(text).success);
        expect(fitsLength(text, max)).toBe(
          lines(max).safeParse(text.toWellFormed().replaceAll(/\p{Cc}/gu, "x")).success,
        );
      }),
    );
  });

  it("is kept by a cut, which returns the longest beginning that fits and splits no character", () => {
    fc.assert(
      fc.property(anyText, anyMax, (text, max) => {
        const cut = cutToLength(text, max);
        expect(text.startsWith(cut)).toBe(true);
        expect([...cut]).toEqual([...text].slice(0, max));
        if (fitsLength(text, max)) expect(cut).toBe(text);
      }),
    );
  });

  it("is the same for a line that is created and for one that is checked", () => {
    const text = "\u{1f600}".repeat(120);
    expect(toLine(text, 120)).toBe(text);
    expect(line(120).parse(text)).toBe(text);
    expect(toLine(`${text}x`, 120)).toBe(text);
  });
});
