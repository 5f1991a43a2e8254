import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainLine, plainText } from "./plain-text.ts";

describe("plain text", () => {
  it.each([
    ["an escape sequence", "a\u001b[31mb", "a\ufffd[31mb"],
    ["a terminal's 8-bit escape", "a\u009b2Jb", "a\ufffd2Jb"],
    ["a NUL and a tab", "a\u0000b\tc", "a\ufffdb\ufffdc"],
    ["text that runs backwards", "no\u202eyes", "no\ufffdyes"],
    ["half a character", "a\ud800b", "a\ufffdb"],
    ["foreign line breaks", "a\r\nb\rc\u2028d", "a\nb\nc\nd"],
    ["ordinary text", "Ça va ?\nשלום 😀", "Ça va ?\nשלום 😀"],
  ])("shows %s harmlessly", (_, text, shown) => {
    expect(plainText(text, 100)).toBe(shown);
  });

  it("says where it was cut, and does not cut a character in two", () => {
    expect([plainText("abcdef", 4), plainText("ab😀def", 3), plainText("abcd", 4)]).toEqual([
      "abc…",
      "ab…",
      "abcd",
    ]);
  });

  it("is on one line when it has to be", () => {
    expect(plainLine(" a\n\n b\r\nc ", 100)).toBe("a b c");
  });

  it("is never longer than asked, and well formed, whatever it is given", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 20 }), (text, max) => {
        const shown = plainText(text, max);
        expect([...shown].length).toBeLessThanOrEqual(max);
        expect(Buffer.from(shown).toString()).toBe(shown);
      }),
    );
  });
});
