import type { AlarmNoticeKind } from "../alarm-notice.ts";
import type { AlarmStep, AlarmStepEvent } from "./alarm-machine.ts";
import type { AlarmRow } from "./alarms.tables.ts";
import type { Muting } from "./mute-causes.ts";

/**
 * The step without the notices of what is muted for everybody or snoozed, and of the end of what was never announced. What is muted only for
 * those who know the cause is announced with it. The row keeps whether something has to be told later.
 */
export function toldStep({ row, events }: AlarmStep, muting: Muting | null): AlarmStep {
  const told: AlarmStepEvent[] = [];
  let after = row;
  for (const event of events) {
    const { notice } = event;
    const isTold = notice !== null && isToldNow(after, notice, event.row.at, muting);
    told.push(isTold ? withInhibitors(event, notice, muting) : { ...event, notice: null });
    if (notice !== null) after = { ...after, ...flagsAfter(after, { notice, isTold, muting }) };
  }
  return { row: after, events: told };
}

function isToldNow(row: AlarmRow, notice: AlarmNoticeKind, at: number, muting: Muting | null): boolean {
  if (notice === "ended") return row.is_told === 1;
  if (!isAnnouncement(notice)) return true;
  const isMuted = muting !== null && muting.alarmIds === null;
  return !isMuted && (row.snoozed_until === null || row.snoozed_until <= at);
}

function withInhibitors(
  event: AlarmStepEvent,
  notice: AlarmNoticeKind,
  muting: Muting | null,
): AlarmStepEvent {
  const alarmIds = isAnnouncement(notice) ? (muting?.alarmIds ?? null) : null;
  return alarmIds === null ? event : { ...event, inhibitedBy: alarmIds };
}

function flagsAfter(
  row: AlarmRow,
  { notice, isTold, muting }: { notice: AlarmNoticeKind; isTold: boolean; muting: Muting | null },
): Pick<AlarmRow, "is_muted" | "is_told"> {
  if (notice === "ended") return { is_muted: 0, is_told: 0 };
  if (!isAnnouncement(notice)) return { is_muted: row.is_muted, is_told: row.is_told };
  // Whether somebody is left out is known once the messages are planned.
  if (isTold) return { is_muted: muting === null ? 0 : 1, is_told: 1 };
  return { is_muted: muting === null ? row.is_muted : 1, is_told: row.is_told };
}

/** True for what says that something is wrong, and not what somebody did about it. */
function isAnnouncement(notice: AlarmNoticeKind): boolean {
  return ["opened", "reopened", "escalated", "unstable", "reminder"].includes(notice);
}
