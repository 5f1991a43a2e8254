import { attentionOf, type AttentionInput } from "./attention.ts";
import type { FaultFacts } from "./fault-reasons.ts";
import { describe, expect, test } from "vitest";
import { attentionRank, levelOfRank, ranksOf } from "./attention-rank.ts";

const well: AttentionInput = {
  held: { status: "ok", score: 100 },
  diskUsedPercent: 10,
  diskFreeBytes: 1e12,
  isAbsent: false,
  isCloneSuspected: false,
  isApprovalPending: false,
};
const readOnly = (subject: string): FaultFacts => ({
  faults: [{ kind: "read-only-mount", subject }],
  hungFileSystems: [],
  diskMount: null,
});
const rank = (change: Partial<AttentionInput>) => attentionRank(attentionOf({ ...well, ...change }));

describe("attention rank", () => {
  test("sorts by level first, and by the weight of the worst reason within it", () => {
    const order = [
      rank({ isAbsent: true, held: { status: "critical", score: 10 } }),
      rank({ isAbsent: true }),
      rank({ held: { status: "critical", score: 10 } }),
      rank({ isCloneSuspected: true }),
      rank({ faultFacts: readOnly("/") }),
      rank({ held: { status: "critical", score: 55 } }),
      rank({ diskUsedPercent: 99, held: { status: "warn", score: 73 } }),
      rank({ diskUsedPercent: 99, held: { status: "warn", score: 77 } }),
      rank({ diskUsedPercent: 99 }),
      rank({ held: { status: "warn", score: 60 } }),
      rank({ faultFacts: readOnly("/mnt") }),
      rank({ held: { status: "warn", score: 79 } }),
      rank({ isApprovalPending: true }),
      rank({}),
    ];
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(new Set(order).size).toBe(order.length);
  });

  test("is the same for all devices that need no attention, so that their reports do not move them", () => {
    expect(rank({ held: { status: "ok", score: 81 } })).toBe(rank({}));
  });

  test("stays within its level for any score", () => {
    for (const score of [-5, 0, 100, 120]) {
      expect(levelOfRank(rank({ held: { status: "critical", score }, isAbsent: true }))).toBe("critical");
    }
  });

  test.each(["none", "warn", "critical"] as const)("of %s is determined by its range", (level) => {
    const { from, to } = ranksOf(level);
    expect(levelOfRank(from)).toBe(level);
    expect(levelOfRank(to - 1)).toBe(level);
  });
});
