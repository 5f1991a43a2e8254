import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutText, menuLabel, plainLabel } from "./plain-label.ts";

describe("a label of others", () => {
  it.each([
    ["web\n01", "web 01"],
    ["a\u0000b\u001b[31mc", "a b [31mc"],
    ["\u202etxt.exe\u202c", "txt.exe"],
    ["\u2066left\u2069 \u200fright", "left right"],
    ["\u200b\ufeff", ""],
    ["  much   room  ", "much room"],
    ["nothing odd: Müller & Söhne 😀", "nothing odd: Müller & Söhne 😀"],
  ])("shows %j as %j", (text, shown) => {
    expect(plainLabel(text, 80)).toBe(shown);
  });

  it("is one line of visible characters, whatever it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 50 }), (text, max) => {
        const label = plainLabel(text, max);
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
    expect(cutText("abc", 3)).toBe("abc");
  });

  it("never ends in half a character, and says that it was cut", () => {
    expect(cutText("ab😀cd", 4)).toBe("ab…");
    expect(cutText("ab😀cd", 5)).toBe("ab😀…");
  });
});
