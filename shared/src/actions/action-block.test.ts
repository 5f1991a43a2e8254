import { expect, test } from "vitest";
import { actionBlockOf } from "./action-block.ts";

const free = { isArchived: false, isCloneSuspected: false, isApproved: true };

test("allows actions on a device that is approved, in use and has no clone", () => {
  expect(actionBlockOf(free)).toBeNull();
});

test.each([
  [{ isArchived: true }, "archived"],
  [{ isCloneSuspected: true }, "held"],
  [{ isApproved: false }, "approval-pending"],
  [{ isArchived: true, isCloneSuspected: true, isApproved: false }, "archived"],
  [{ isCloneSuspected: true, isApproved: false }, "held"],
] as const)("blocks actions on a device with %o as %s", (facts, block) => {
  expect(actionBlockOf({ ...free, ...facts })).toBe(block);
});
