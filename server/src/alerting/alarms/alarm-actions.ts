import type { AlarmAction, AlarmRefusal } from "@muster/shared/contracts/alarm-change.ts";
import type { Actor } from "../../identity/index.ts";
import { type AlarmStep, ended, UNACKNOWLEDGED, withEvent } from "./alarm-machine.ts";
import type { AlarmRow } from "./alarms.tables.ts";

/** Who acts when; `assignee` is the member whom it is assigned to. */
export type ActedBy = { at: number; by: Actor; assignee?: { id: string; name: string } | null };

/** What a member's action makes of an alarm, or why it cannot be done. */
export type ActionOutcome = AlarmStep | { refused: AlarmRefusal };

/** Why an alarm is not changed, as sentences. */
export const REFUSALS: Record<AlarmRefusal, string> = {
  "not-found": "There is no such alarm.",
  ended: "It has ended.",
  "not-acknowledged": "It is not acknowledged.",
  "until-past": "The field until must be in the future.",
  "until-late": "An alarm can be snoozed for 90 days at most.",
  "timeline-full": "Its timeline is full. Resolve it, and let its condition open a new alarm.",
};

const MAX_SNOOZE_MS = 90 * 86_400_000;
/** A timeline with more events takes no more notes. */
const MAX_EVENTS = 2_000;

/** What members do to an alarm. An alarm that has ended takes comments only. */
export function actionStep(row: AlarmRow, action: AlarmAction, acted: ActedBy): ActionOutcome {
  const { at, by } = acted;
  if (row.last_event >= MAX_EVENTS && action.kind !== "resolve") {
    return { refused: "timeline-full" };
  }
  const note = noteOf(action);
  if (action.kind === "comment") {
    return withEvent(row, "commented", at, { by, notice: "commented", details: note });
  }
  if (row.ended_at !== null) return { refused: "ended" };
  switch (action.kind) {
    case "acknowledge":
      return acknowledged(row, untilOf(action.until), acted, note);
    case "unacknowledge":
      if (row.acknowledged_at === null) return { refused: "not-acknowledged" };
      return withEvent({ ...row, ...UNACKNOWLEDGED }, "unacknowledged", at, { by, details: note });
    case "snooze":
      return snoozed(row, Date.parse(action.until), acted, note);
    case "resolve":
      return ended(row, { at, reason: "resolved", by, details: note });
    case "assign":
      return assigned(row, acted);
  }
}

function acknowledged(row: AlarmRow, until: number | null, { at, by }: ActedBy, note: Note): ActionOutcome {
  if (until !== null && until <= at) return { refused: "until-past" };
  const columns = { acknowledged_at: at, acknowledged_by: by.name, acknowledged_until: until };
  const details = { ...note, ...(until !== null && { until }) };
  return withEvent({ ...row, ...columns }, "acknowledged", at, { by, notice: "acknowledged", details });
}

function snoozed(row: AlarmRow, until: number, { at, by }: ActedBy, note: Note): ActionOutcome {
  if (until <= at) return { refused: "until-past" };
  if (until - at > MAX_SNOOZE_MS) return { refused: "until-late" };
  return withEvent({ ...row, snoozed_until: until }, "snoozed", at, { by, details: { ...note, until } });
}

function assigned(row: AlarmRow, { at, by, assignee = null }: ActedBy): ActionOutcome {
  if (assignee?.id === row.assignee_id) return { row, events: [] };
  const columns = { assignee_id: assignee?.id ?? null, assignee_name: assignee?.name ?? null };
  const details = assignee === null ? {} : { assignee: assignee.name };
  return withEvent({ ...row, ...columns }, "assigned", at, { by, notice: "assigned", details });
}

type Note = { note?: string };

function noteOf(action: AlarmAction): Note {
  return "note" in action && action.note !== undefined && action.note.trim() !== ""
    ? { note: action.note }
    : {};
}

function untilOf(until: string | undefined): number | null {
  return until === undefined ? null : Date.parse(until);
}
