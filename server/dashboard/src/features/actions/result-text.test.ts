import { describe, expect, it } from "vitest";
import { isLines, resultText } from "./result-text.ts";

const WORDS = {
  yes: "yes",
  no: "no",
  list: (items: readonly string[]) => items.join(", "),
  pair: (value: string, detail: string) => `${value} (${detail})`,
};

describe("a result in words", () => {
  it.each([
    ["pressed", "pressed"],
    [3, "3"],
    [true, "yes"],
    [null, ""],
    [[], ""],
    [
      [
        { user: "ann", by: "zenity" },
        { user: "bob", by: "wall" },
      ],
      "ann (zenity), bob (wall)",
    ],
    [{ user: "ann" }, "ann"],
  ])("says %o as %s", (value, text) => {
    expect(resultText(value, WORDS)).toBe(text);
  });

  it("takes a list of texts for lines, and no other list", () => {
    expect(isLines(["one"])).toBe(true);
    expect(isLines([])).toBe(false);
    expect(isLines([{ user: "ann" }])).toBe(false);
  });
});
