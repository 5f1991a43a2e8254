import { describe, expect, it } from "vitest";
import { isLines, receiptsOf, resultText } from "./action-details.tsx";

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

const result = {
  shown: [{ user: "ann", by: "tray" }],
  notShown: [{ user: "bob", reason: "locked" }],
  pressed: null,
};

describe("the receipts of a message", () => {
  it("name each session, those that saw it first", () => {
    expect(receiptsOf({ type: "message", result })).toEqual([
      { user: "ann", kind: "shown", by: "tray" },
      { user: "bob", kind: "not-shown", reason: "locked" },
    ]);
  });

  it("are none before its end, and none for what is no message or has another shape", () => {
    expect(receiptsOf({ type: "message", result: null })).toEqual([]);
    expect(receiptsOf({ type: "restart", result })).toEqual([]);
    expect(receiptsOf({ type: "message", result: { says: "ok" } })).toEqual([]);
  });
});
