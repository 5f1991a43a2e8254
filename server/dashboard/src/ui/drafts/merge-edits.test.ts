import { describe, expect, test } from "vitest";
import { draftAs, mergeEdits } from "./merge-edits.ts";

const base = { name: "a", notes: "n", tags: ["x"] };

describe("two edits of the same values", () => {
  test("are put together where they touch different fields", () => {
    const merged = mergeEdits(base, { ...base, notes: "mine" }, { ...base, name: "theirs", tags: ["y"] });
    expect(merged).toEqual({ values: { name: "theirs", notes: "mine", tags: ["y"] }, conflicts: [] });
  });

  test("conflict in a field that both changed differently, and keep what is yours", () => {
    const yours = { name: "same", notes: "mine", tags: ["z"] };
    const theirs = { name: "same", notes: "theirs", tags: ["y"] };
    expect(mergeEdits(base, yours, theirs)).toEqual({ values: yours, conflicts: ["notes", "tags"] });
  });
});

describe("a stored draft", () => {
  const form = {
    name: "",
    limit: null as number | null,
    customer: { id: "1" } as object | null,
    isOn: false,
  };

  test("is taken where it has the fields of the form", () => {
    const draft = { name: "x", limit: 5, customer: null, isOn: true };
    expect(draftAs(draft, form)).toEqual(draft);
  });

  test.each([
    null,
    "text",
    { name: "x", limit: null, customer: null },
    { name: 1, limit: null, customer: null, isOn: true },
    { name: null, limit: null, customer: null, isOn: true },
    { name: "x", limit: null, customer: null, isOn: "yes" },
    { name: "x", limit: null, customer: [], isOn: true },
  ])("of another form is not: %j", (draft) => {
    expect(draftAs(draft, form)).toBeNull();
  });
});
