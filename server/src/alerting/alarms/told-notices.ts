import type { MuteCause } from "@muster/shared/alarms/inhibition.ts";
import type { AlarmNoticeKind } from "../alarm-notice.ts";
import type { AlarmStep, AlarmStepEvent } from "./alarm-machine.ts";
import type { AlarmRow } from "./alarms.tables.ts";

/**
 * The step without the notices of what is muted or snoozed, and of the end of what was never announced. The row keeps whether something
 * has to be told later.
 */
export function toldStep({ row, events }: AlarmStep, muteCause: MuteCause | null): AlarmStep {
  const told: AlarmStepEvent[] = [];
  let after = row;
  for (const event of events) {
    const { notice } = event;
    const isTold = notice !== null && isToldNow(after, notice, event.row.at, muteCause);
    told.push(isTold ? event : { ...event, notice: null });
    if (notice !== null) after = { ...after, ...flagsAfter(after, { notice, isTold, muteCause }) };
  }
  return { row: after, events: told };
}

function isToldNow(row: AlarmRow, notice: AlarmNoticeKind, at: number, muteCause: MuteCause | null): boolean {
  if (notice === "ended") return row.is_told === 1;
  if (!isAnnouncement(notice)) return true;
  return muteCause === null && (row.snoozed_until === null || row.snoozed_until <= at);
}

function flagsAfter(
  row: AlarmRow,
  { notice, isTold, muteCause }: { notice: AlarmNoticeKind; isTold: boolean; muteCause: MuteCause | null },
): Pick<AlarmRow, "is_muted" | "is_told"> {
  if (notice === "ended") return { is_muted: 0, is_told: 0 };
  if (!isAnnouncement(notice)) return { is_muted: row.is_muted, is_told: row.is_told };
  if (isTold) return { is_muted: 0, is_told: 1 };
  return { is_muted: muteCause === null ? row.is_muted : 1, is_told: row.is_told };
}

/** True for what says that something is wrong, and not what somebody did about it. */
function isAnnouncement(notice: AlarmNoticeKind): boolean {
  return ["opened", "reopened", "escalated", "unstable", "reminder"].includes(notice);
}
