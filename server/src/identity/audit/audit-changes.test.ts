import { expect, it } from "vitest";
import { changesOf } from "./audit-changes.ts";

it("has what changes, with both values", () => {
  const before = { name: "Old", tags: ["a"], customer: null, notes: "same" };
  expect(changesOf(before, { name: "New", tags: ["a", "b"], customer: "Acme", notes: "same" })).toEqual({
    name: { from: "Old", to: "New" },
    tags: { from: ["a"], to: ["a", "b"] },
    customer: { from: null, to: "Acme" },
  });
});

it("takes a field that was never set as null, and leaves out what is not given", () => {
  expect(changesOf({}, { label: null, class: undefined, notes: "" })).toEqual({
    notes: { from: null, to: "" },
  });
});

it("cuts long texts between characters", () => {
  const { notes } = changesOf({}, { notes: `${"x".repeat(199)}😀${"y".repeat(50)}` });
  expect(notes?.to).toBe(`${"x".repeat(199)}\ufffd…`);
});
