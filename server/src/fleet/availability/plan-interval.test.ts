import type { AvailabilityState } from "@muster/shared/contracts/availability.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS } from "../history/period.ts";
import type { AvailabilityChange } from "./availability-state.ts";
import { planInterval, type StoredInterval } from "./plan-interval.ts";

function change(to: AvailabilityState | null, at: number, sinceLastReport = false): AvailabilityChange {
  return { to, reason: null, at, sinceLastReport };
}

/** The rows of one device after the edits of each change. */
function createRows() {
  const rows: StoredInterval[] = [];
  const unfinished: number[] = [];
  return {
    rows,
    unfinished,
    apply(given: AvailabilityChange, lastReportAt: number | null) {
      const newest = rows.toReversed().slice(0, 2);
      for (const edit of planInterval(newest, given, lastReportAt)) {
        const index = rows.findIndex((row) => "startedAt" in edit && row.started_at === edit.startedAt);
        const row = rows[index];
        if (edit.kind === "remove") rows.splice(index, 1);
        if (edit.kind === "end" && row) row.ended_at = edit.at;
        if (edit.kind === "unfinish") unfinished.push(edit.day);
        if (edit.kind !== "open") continue;
        const { startedAt, state, reason } = edit;
        if (row) Object.assign(row, { ended_at: null, state, reason });
        else rows.push({ started_at: startedAt, ended_at: null, state, reason });
      }
    },
  };
}

const changes = fc.array(
  fc.record({
    to: fc.constantFrom("up", "excused", "down", "unknown", null),
    wait: fc.nat(5),
    lastReportBefore: fc.nat(10),
  }),
  { maxLength: 30 },
);

describe("the intervals of a device", () => {
  it("follow each other without overlap, whatever changes when", () => {
    fc.assert(
      fc.property(changes, (given) => {
        const { rows, apply } = createRows();
        let at = 100;
        for (const { to, wait, lastReportBefore } of given) {
          at += wait;
          apply(change(to, at, to === "down" || to === "excused"), at - lastReportBefore);
          const present = rows.at(-1);
          if (to !== null) expect(present).toMatchObject({ state: to, ended_at: null });
          else expect(rows.every(({ ended_at }) => ended_at !== null)).toBe(true);
          for (const [index, row] of rows.entries()) {
            const next = rows[index + 1];
            if (next) expect(row.ended_at).not.toBeNull();
            expect(row.ended_at ?? Infinity).toBeGreaterThan(row.started_at);
            if (!next || row.ended_at === null) continue;
            expect(row.ended_at).toBeLessThanOrEqual(next.started_at);
            if (row.ended_at === next.started_at) expect(row.state).not.toBe(next.state);
          }
        }
      }),
    );
  });

  it("begin an outage with the last report", () => {
    const { rows, apply } = createRows();
    apply(change("up", 1_000), null);
    apply(change("down", 9_000, true), 4_000);
    expect(rows).toMatchObject([
      { state: "up", started_at: 1_000, ended_at: 4_000 },
      { state: "down", started_at: 4_000, ended_at: null },
    ]);
  });

  it("are one outage where a single report came between", () => {
    const { rows, apply } = createRows();
    apply(change("down", 1_000), null);
    apply(change("up", 5_000), null);
    apply(change("down", 9_000, true), 5_000);
    expect(rows).toMatchObject([{ state: "down", started_at: 1_000, ended_at: null }]);
  });

  it("let a finished day be computed again when a change reaches back into it", () => {
    const { unfinished, apply } = createRows();
    apply(change("up", DAY_MS), null);
    apply(change("down", 5 * DAY_MS, true), 3 * DAY_MS - 1);
    expect(unfinished).toEqual([2]);
    apply(change("up", 5 * DAY_MS + 1), null);
    expect(unfinished).toEqual([2]);
  });
});
