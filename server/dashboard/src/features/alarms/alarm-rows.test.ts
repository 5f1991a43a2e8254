import type { Alarm } from "@muster/shared/contracts/alarm.ts";
import { describe, expect, it } from "vitest";
import { makeAlarm } from "./alarm.factory.ts";
import { addAlarmPage, applyAlarmChanges, countUnsettled, NO_ALARMS, settleAlarms } from "./alarm-rows.ts";

const OLD = makeAlarm({ id: "old", severity: "critical", openedAt: "2026-03-01T10:00:00.000Z" });
const MIDDLE = makeAlarm({ id: "middle", openedAt: "2026-03-01T11:00:00.000Z" });
const LAST = makeAlarm({ id: "last", openedAt: "2026-03-01T09:00:00.000Z" });

const rowsOf = (nextCursor: string | null) =>
  addAlarmPage(NO_ALARMS, { items: [OLD, MIDDLE, LAST], nextCursor });
const changed = (found: readonly Alarm[], ...gone: string[]) => ({
  ids: new Set([...found.map(({ id }) => id), ...gone]),
  found,
});
const apply = (change: ReturnType<typeof changed>, nextCursor: string | null = null) =>
  applyAlarmChanges(rowsOf(nextCursor), change, "severity");

describe("a change of alarms", () => {
  it("is shown in its row, which moves only when the list settles", () => {
    const worse = makeAlarm({ ...MIDDLE, severity: "critical" });
    const rows = apply(changed([worse]));
    expect(rows.alarms.get("middle")).toBe(worse);
    expect(rows.order).toEqual(["old", "middle", "last"]);
    expect(countUnsettled(rows, "severity")).toBe(1);
    expect(settleAlarms(rows, "severity").order).toEqual(["middle", "old", "last"]);
  });

  it("keeps a row that no longer belongs to the list until it settles, also when it comes back", () => {
    const rows = apply(changed([], "middle"));
    expect([...rows.left]).toEqual(["middle"]);
    expect(rows.order).toContain("middle");
    expect(settleAlarms(rows, "severity").order).toEqual(["old", "last"]);
    const back = applyAlarmChanges(rows, changed([MIDDLE]), "severity");
    expect(settleAlarms(back, "severity").order).toEqual(["old", "middle", "last"]);
  });

  it("adds a new alarm when the list settles", () => {
    const fresh = makeAlarm({ id: "fresh", severity: "critical", openedAt: "2026-03-01T12:00:00.000Z" });
    const rows = apply(changed([fresh]));
    expect(rows.order).toHaveLength(3);
    expect(countUnsettled(rows, "severity")).toBe(1);
    const settled = settleAlarms(rows, "severity");
    expect(settled.order).toEqual(["fresh", "old", "middle", "last"]);
    expect(countUnsettled(settled, "severity")).toBe(0);
  });

  it("leaves an alarm behind the last loaded row to its page", () => {
    const behind = makeAlarm({ id: "behind", openedAt: "2026-03-01T08:00:00.000Z" });
    expect(settleAlarms(apply(changed([behind]), "more"), "severity").order).not.toContain("behind");
    expect(settleAlarms(apply(changed([behind])), "severity").order).toContain("behind");
  });

  it("about an alarm that is not listed changes nothing", () => {
    expect(countUnsettled(apply(changed([], "other")), "severity")).toBe(0);
  });
});
