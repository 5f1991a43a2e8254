import { ATTENTION_HOLD_MS } from "./attention-rules.ts";
import type { HealthStatus } from "./health.ts";
import { describe, expect, test } from "vitest";
import { dropPendingChange, updateHeldStatus, type HeldStatus, heldHealth } from "./held-status.ts";

const HALF_MINUTE = 30_000;
const calm: HeldStatus = { level: 0, warnDiffersSince: null, criticalDiffersSince: null };

/** Levels after each of the statuses, half a minute apart. */
function levels(statuses: readonly HealthStatus[], from: HeldStatus = calm): number[] {
  let hold = from;
  return statuses.map((status, index) => {
    hold = updateHeldStatus(hold, status, index * HALF_MINUTE);
    return hold.level;
  });
}

const times = (count: number, status: HealthStatus) => Array<HealthStatus>(count).fill(status);

describe("held status", () => {
  test("counts from the fifth minute on", () => {
    expect(levels(times(12, "warn"))).toEqual([...Array<number>(10).fill(0), 1, 1]);
  });

  test("does not count a short peak", () => {
    expect(levels([...times(9, "critical"), "ok", ...times(9, "critical")]).at(-1)).toBe(0);
  });

  test("counts swinging between warn and critical as warn", () => {
    const swinging = Array.from({ length: 12 }, (_, index) => (index % 2 === 0 ? "warn" : "critical"));
    expect(levels(swinging).at(-1)).toBe(1);
  });

  test("continues through a short relief and ends after a lasting one", () => {
    const held: HeldStatus = { ...calm, level: 2 };
    expect(levels(times(9, "ok"), held).at(-1)).toBe(2);
    expect(levels(times(11, "ok"), held).at(-1)).toBe(0);
  });

  test("decreases to warn when warn remains", () => {
    expect(levels(times(11, "warn"), { ...calm, level: 2 }).at(-1)).toBe(1);
  });

  test("does not count a time without reports as five bad minutes", () => {
    const before = updateHeldStatus(calm, "critical", 0);
    const after = updateHeldStatus(dropPendingChange(before), "critical", 10 * ATTENTION_HOLD_MS);
    expect(after.level).toBe(0);
  });

  test("has no status before the first known score", () => {
    expect(heldHealth(0, null)).toBeNull();
    expect(heldHealth(2, 30)).toEqual({ status: "critical", score: 30 });
  });
});
