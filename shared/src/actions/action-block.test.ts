import { expect, test } from "vitest";
import { actionBlockOf } from "./action-block.ts";

const free = { isArchived: false, isCloneSuspected: false, isApproved: true };

test("a device that is approved, in use and alone may be acted on", () => {
  expect(actionBlockOf(free)).toBeNull();
});

test.each([
  [{ isArchived: true }, "archived"],
  [{ isCloneSuspected: true }, "held"],
  [{ isApproved: false }, "approval-pending"],
  [{ isArchived: true, isCloneSuspected: true, isApproved: false }, "archived"],
  [{ isCloneSuspected: true, isApproved: false }, "held"],
] as const)("a device with %o is blocked as %s", (facts, block) => {
  expect(actionBlockOf({ ...free, ...facts })).toBe(block);
});
