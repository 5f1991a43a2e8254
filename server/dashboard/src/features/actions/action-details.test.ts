import { describe, expect, it } from "vitest";
import { isLines, receiptsOf, resultText } from "./action-details.tsx";

const WORDS = {
  yes: "yes",
  no: "no",
  list: (items: readonly string[]) => items.join(", "),
  pair: (value: string, detail: string) => `${value} (${detail})`,
};

describe("a result as text", () => {
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
  ])("shows %o as %s", (value, text) => {
    expect(resultText(value, WORDS)).toBe(text);
  });

  it("shows a list of texts as lines, and no other list", () => {
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
  it("name each session, starting with those that saw it", () => {
    expect(receiptsOf({ type: "message", result })).toEqual([
      { user: "ann", kind: "shown", by: "tray" },
      { user: "bob", kind: "not-shown", reason: "locked" },
    ]);
  });

  it("are empty before its end, and for anything that is not a message or has another shape", () => {
    expect(receiptsOf({ type: "message", result: null })).toEqual([]);
    expect(receiptsOf({ type: "restart", result })).toEqual([]);
    expect(receiptsOf({ type: "message", result: { says: "ok" } })).toEqual([]);
  });
});
