import { describe, expect, test } from "vitest";
import { type AttentionInput, attentionOf } from "./attention.ts";
import type { FaultFacts } from "./fault-reasons.ts";

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
  test('is "none" for a device without problems', () => {
    expect(attentionOf(well)).toEqual({ level: "none", reasons: [] });
  });

  test("uses the held status of the score", () => {
    expect(levelOf({ held: { status: "warn", score: 70 } })).toBe("warn");
    expect(levelOf({ held: { status: "critical", score: 20 } })).toBe("critical");
  });

  test("does not treat an unknown score as a bad one", () => {
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
  ])("a disk that is %d %% full with %d bytes left is %s", (diskUsedPercent, diskFreeBytes, level) => {
    expect(levelOf({ diskUsedPercent, diskFreeBytes })).toBe(level);
  });

  test("ignores a disk that could not be read", () => {
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

  const faultLevels = (change: Partial<FaultFacts>) => {
    const faultFacts = { faults: [], hungFileSystems: [], diskMount: "/srv", ...change };
    return attentionOf({ ...well, faultFacts }).reasons.map((reason) =>
      reason.kind === "fault" ? [reason.fault, reason.subject, reason.level] : [],
    );
  };
  const readOnly = (subject: string) => ({ kind: "read-only-mount", subject }) as const;
  const hung = (subject: string) => ({ kind: "hung-mount", subject }) as const;

  test.each([
    ["a read-only system disk", { faults: [readOnly("/")] }, [["read-only-mount", "/", "critical"]]],
    [
      "a read-only disk that is measured",
      { faults: [readOnly("/srv")] },
      [["read-only-mount", "/srv", "critical"]],
    ],
    ["another read-only disk", { faults: [readOnly("/mnt")] }, [["read-only-mount", "/mnt", "warn"]]],
    ["one hung mount", { faults: [hung("/mnt")] }, [["hung-mount", "/mnt", "warn"]]],
    [
      "one hung mount in both facts",
      { faults: [hung("/a")], hungFileSystems: ["/a"] },
      [["hung-mount", "/a", "warn"]],
    ],
    [
      "hung mounts of an agent that reports no faults",
      { hungFileSystems: ["/a", "/b"] },
      [
        ["hung-mount", "/a", "critical"],
        ["hung-mount", "/b", "critical"],
      ],
    ],
    [
      "an unreadable metric and a damaged file",
      {
        faults: [
          { kind: "unreadable", subject: "cpu" } as const,
          { kind: "damaged-file", subject: "x" } as const,
        ],
      },
      [
        ["unreadable", "cpu", "warn"],
        ["damaged-file", "x", "warn"],
      ],
    ],
  ])("names %s", (_, change, expected) => {
    expect(faultLevels(change)).toEqual(expected);
  });
});
