import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { truncateText, menuLabel, singleLine } from "./label-text.ts";

describe("a label with untrusted text", () => {
  it.each([
    ["web\n01", "web 01"],
    ["a\u0000b\u001b[31mc", "a b [31mc"],
    ["\u202etxt.exe\u202c", "txt.exe"],
    ["\u2066left\u2069 \u200fright", "left right"],
    ["\u200b\ufeff", ""],
    ["  much   room  ", "much room"],
    ["nothing odd: Müller & Söhne 😀", "nothing odd: Müller & Söhne 😀"],
  ])("shows %j as %j", (text, shown) => {
    expect(singleLine(text, 80)).toBe(shown);
  });

  it("is one line of visible characters for any input", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 50 }), (text, max) => {
        const label = singleLine(text, max);
        expect(label).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\u200e\u200f]/u);
        expect([...label].length).toBeLessThanOrEqual(max);
      }),
    );
  });

  it("keeps its & in a menu", () => {
    expect(menuLabel("R&D && more")).toBe("R&&D &&&& more");
  });

  it("is cut before its & is doubled, never between", () => {
    expect(menuLabel("&&&&&", 3)).toBe("&&&&…");
  });
});

describe("a text that is cut", () => {
  it("stays whole when it fits", () => {
    expect(truncateText("abc", 3)).toBe("abc");
  });

  it("never ends in half a character, and ends with an ellipsis", () => {
    expect(truncateText("ab😀cd", 4)).toBe("ab…");
    expect(truncateText("ab😀cd", 5)).toBe("ab😀…");
  });
});
