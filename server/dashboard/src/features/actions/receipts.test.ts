import { describe, expect, it } from "vitest";
import { receiptsOf } from "./receipts.ts";

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
