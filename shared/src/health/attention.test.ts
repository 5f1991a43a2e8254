import { describe, expect, test } from "vitest";
import { type AttentionInput, attentionOf } from "./attention.ts";

const well: AttentionInput = {
  held: { status: "ok", score: 100 },
  diskUsedPercent: 40,
  diskFreeBytes: 100e9,
  isAbsent: false,
  isCloneSuspected: false,
  isApprovalPending: false,
};

const levelOf = (change: Partial<AttentionInput>) => attentionOf({ ...well, ...change }).level;

describe("attention", () => {
  test("is none for a device that is well", () => {
    expect(attentionOf(well)).toEqual({ level: "none", reasons: [] });
  });

  test("follows the status of the score that held", () => {
    expect(levelOf({ held: { status: "warn", score: 70 } })).toBe("warn");
    expect(levelOf({ held: { status: "critical", score: 20 } })).toBe("critical");
  });

  test("does not take an unknown score for a bad one", () => {
    expect(levelOf({ held: { status: "unknown", score: 0 } })).toBe("none");
    expect(levelOf({ held: null })).toBe("none");
  });

  test.each([
    [94.9, 3e9, "none"],
    [95, 300e9, "critical"],
    [80, 1.9e9, "critical"],
    [79.9, 1.9e9, "none"],
    [80, 2e9, "none"],
    [100, undefined, "critical"],
    [80, undefined, "none"],
  ])("a disk %d %% full with %d bytes left is %s", (diskUsedPercent, diskFreeBytes, level) => {
    expect(levelOf({ diskUsedPercent, diskFreeBytes })).toBe(level);
  });

  test("says nothing about a disk that could not be read", () => {
    expect(levelOf({ diskUsedPercent: undefined, diskFreeBytes: 0 })).toBe("none");
  });

  test("names every reason, worst first", () => {
    const { level, reasons } = attentionOf({
      ...well,
      held: { status: "warn", score: 70 },
      isApprovalPending: true,
      isAbsent: true,
      isCloneSuspected: true,
    });
    expect(level).toBe("critical");
    expect(reasons.map(({ kind }) => kind)).toEqual([
      "absent",
      "clone-suspected",
      "health",
      "approval-pending",
    ]);
  });
});
