import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printableLine, printableText } from "./printable-text.ts";

describe("printable text", () => {
  it.each([
    ["an escape sequence", "a\u001b[31mb", "a\ufffd[31mb"],
    ["a terminal's 8-bit escape", "a\u009b2Jb", "a\ufffd2Jb"],
    ["a NUL and a tab", "a\u0000b\tc", "a\ufffdb\ufffdc"],
    ["text that runs backwards", "no\u202eyes", "no\ufffdyes"],
    ["half a character", "a\ud800b", "a\ufffdb"],
    ["foreign line breaks", "a\r\nb\rc\u2028d", "a\nb\nc\nd"],
    ["ordinary text", "Ça va ?\nשלום 😀", "Ça va ?\nשלום 😀"],
  ])("shows %s harmlessly", (_, text, shown) => {
    expect(printableText(text, 100)).toBe(shown);
  });

  it("marks where it was cut, and does not split a character", () => {
    expect([printableText("abcdef", 4), printableText("ab😀def", 3), printableText("abcd", 4)]).toEqual([
      "abc…",
      "ab…",
      "abcd",
    ]);
  });

  it("is on one line when that is required", () => {
    expect(printableLine(" a\n\n b\r\nc ", 100)).toBe("a b c");
  });

  it("is never longer than the limit and well formed for any input", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 20 }), (text, max) => {
        const shown = printableText(text, max);
        expect([...shown].length).toBeLessThanOrEqual(max);
        expect(Buffer.from(shown).toString()).toBe(shown);
      }),
    );
  });
});
