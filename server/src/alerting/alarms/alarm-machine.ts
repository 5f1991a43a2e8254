import type { AlarmEndReason } from "@muster/shared/alarms/end-reasons.ts";
import { type AlarmEventKind, type AlarmFacts, AlarmSeverity } from "@muster/shared/contracts/alarm.ts";
import type { Actor } from "../../identity/index.ts";
import type { AlarmNoticeKind } from "../alarm-notice.ts";
import type { AlarmEventDetails, AlarmEventRow, AlarmRow } from "./alarms.tables.ts";

/*
 *                      +--------------- comes back within ten minutes ----------------+
 *                      v                                                              |
 *   violated --> open (acknowledged, snoozed: flags of it) -- cleared, resolved, ... --> ended
 *                      |  ^
 *   4 changes an hour  |  | no change for 30 minutes, still violating
 *                      v  |
 *                    unstable -- no change for 30 minutes, not violating; resolved, ... --> ended
 *
 * While it is unstable nothing is said about its changes. What a user resolved stays ended until its condition has cleared once.
 */

/** An alarm that comes back within this time is the same one. */
export const RECURRENCE_MS = 10 * 60_000;
/** Changes within `CHANGES_MS` that make an alarm unstable: openings and changes of the severity. */
export const UNSTABLE_CHANGES = 4;
export const CHANGES_MS = 60 * 60_000;
/** Without a change for this time, an unstable alarm is calm. */
export const CALM_MS = 30 * 60_000;

/** What was seen of the condition; `by` is who reported it, if anybody did. */
export type Violation = { at: number; severity: AlarmSeverity; facts: AlarmFacts; by?: Actor };

/** An event to store, and what somebody may have to be told because of it. */
export type AlarmStepEvent = {
  row: AlarmEventRow;
  notice: AlarmNoticeKind | null;
  /** Alarms that say it already: who was told of one of them is not told of this. */
  inhibitedBy?: readonly string[];
};

/** An alarm after a step, and what happened. */
export type AlarmStep = { row: AlarmRow; events: readonly AlarmStepEvent[] };

/** Sorts severities: 0 is the least. */
export function severityRankOf(severity: AlarmSeverity): number {
  return AlarmSeverity.options.indexOf(severity);
}

/** What the alarm is about: the columns that no step changes. */
export type AlarmSubject = Pick<
  AlarmRow,
  | "id"
  | "org_id"
  | "key"
  | "type"
  | "rule_id"
  | "rule_name"
  | "device_id"
  | "device_name"
  | "customer_id"
  | "instance"
  | "search_text"
>;

/** A new alarm. `changes` are those of the one before it with the same key. */
export function opened(
  subject: AlarmSubject,
  violation: Violation,
  changes: readonly number[] = [],
): AlarmStep {
  const { at } = violation;
  const row: AlarmRow = {
    ...subject,
    ...columnsOf(violation),
    opened_at: at,
    ended_at: null,
    end_reason: null,
    ended_by: null,
    occurrences: 1,
    violations: 1,
    changes: JSON.stringify(newestChanges([...changes, at], at)),
    unstable_since: null,
    acknowledged_at: null,
    acknowledged_by: null,
    acknowledged_until: null,
    snoozed_until: null,
    assignee_id: null,
    assignee_name: null,
    is_muted: 0,
    is_told: 0,
    last_event: 0,
  };
  return withEvent(row, "opened", at, { notice: "opened", by: violation.by, details: valueOf(violation) });
}

/** True when a violation at `at` belongs to this ended alarm and not to a new one. */
export function recurs(row: AlarmRow, at: number): boolean {
  if (row.ended_at === null) return false;
  return at - row.ended_at <= RECURRENCE_MS || changesOf(row, at).length >= UNSTABLE_CHANGES - 1;
}

/** The condition holds: an ended alarm opens again, an open one counts up and follows the severity. */
export function violated(row: AlarmRow, violation: Violation): AlarmStep {
  const { at } = violation;
  if (row.ended_at !== null) {
    const again = {
      ...withoutExpired(seen(row, violation), at),
      ended_at: null,
      end_reason: null,
      ended_by: null,
      occurrences: row.occurrences + 1,
    };
    return withChange(again, "reopened", violation);
  }
  if (row.unstable_since !== null) {
    const hasChanged = row.is_violating === 0 || row.severity !== violation.severity;
    const changed = seen(row, violation);
    return { row: hasChanged ? withChangeAt(changed, at) : changed, events: [] };
  }
  const ranked = severityRankOf(violation.severity) - row.severity_rank;
  if (ranked === 0) return { row: seen(row, violation), events: [] };
  if (ranked < 0) return withChange(seen(row, violation), "eased", violation);
  // A worse alarm is not the one that was snoozed.
  return withChange({ ...seen(row, violation), snoozed_until: null }, "escalated", violation);
}

/** An ended alarm opens again. Its device and rule may have another name or customer by now: those of `subject`. */
export function reopened(row: AlarmRow, subject: AlarmSubject, violation: Violation): AlarmStep {
  return violated({ ...row, ...subject, id: row.id }, violation);
}

/** The condition no longer holds, or nobody looks at it any more. */
export function cleared(
  row: AlarmRow,
  given: { at: number; reason: AlarmEndReason; facts?: AlarmFacts; by?: Actor },
): AlarmStep {
  const { at, reason, facts = {}, by } = given;
  const isOver = { ...row, is_violating: 0 as const };
  if (row.ended_at !== null) return { row: isOver, events: [] };
  if (row.unstable_since !== null && reason === "cleared") {
    return { row: row.is_violating === 1 ? withChangeAt(isOver, at) : isOver, events: [] };
  }
  const { row: over, events } = ended(isOver, { at, reason, by, details: valueOf({ facts }) });
  return { row: { ...over, ended_by: null }, events };
}

/** An unstable alarm that has not changed for a while ends, or is an ordinary one again. Null when it is not time for it. */
export function calmed(row: AlarmRow, now: number): AlarmStep | null {
  if (row.ended_at !== null || row.unstable_since === null || now < calmAt(row)) return null;
  const calm = { ...row, unstable_since: null, changes: "[]" };
  if (row.is_violating === 0) return ended(calm, { at: now, reason: "cleared" });
  return withEvent(calm, "calmed", now, { notice: "reopened" });
}

/** Ends acknowledgement and snooze whose time is over. Null when none is. */
export function expired(row: AlarmRow, now: number): AlarmStep | null {
  if (row.ended_at !== null) return null;
  if (isPast(row.snoozed_until, now)) {
    return withEvent({ ...row, snoozed_until: null }, "snooze-ended", now, { notice: "reminder" });
  }
  if (!isPast(row.acknowledged_until, now)) return null;
  return withEvent({ ...row, ...UNACKNOWLEDGED }, "acknowledgement-ended", now, { notice: "reminder" });
}

/** What was over while the alarm had ended needs no reminder: that it came back is announced. */
function withoutExpired(row: AlarmRow, at: number): AlarmRow {
  return {
    ...row,
    ...(isPast(row.snoozed_until, at) && { snoozed_until: null }),
    ...(isPast(row.acknowledged_until, at) && UNACKNOWLEDGED),
  };
}

function isPast(until: number | null, at: number): boolean {
  return until !== null && until <= at;
}

/** What kept it quiet is over, and it still holds. */
export function released(row: AlarmRow, now: number): AlarmStep {
  return withEvent({ ...row, is_muted: 0 }, "released", now, { notice: "opened" });
}

export const UNACKNOWLEDGED = {
  acknowledged_at: null,
  acknowledged_by: null,
  acknowledged_until: null,
} as const;

export function ended(
  row: AlarmRow,
  given: { at: number; reason: AlarmEndReason; by?: Actor; details?: AlarmEventDetails },
): AlarmStep {
  const { at, reason, by, details } = given;
  const over = {
    ...row,
    ended_at: at,
    end_reason: reason,
    ended_by: by?.name ?? null,
    unstable_since: null,
  };
  return withEvent(over, "ended", at, { notice: "ended", by, details: { ...details, reason } });
}

/** Adds an event to the timeline. */
export function withEvent(
  row: AlarmRow,
  kind: AlarmEventKind,
  at: number,
  more: { notice?: AlarmNoticeKind; by?: Actor; details?: AlarmEventDetails } = {},
): AlarmStep {
  const { notice = null, by = null, details = {} } = more;
  const number = row.last_event + 1;
  const event: AlarmEventRow = {
    org_id: row.org_id,
    alarm_id: row.id,
    number,
    at,
    kind,
    severity: row.severity,
    by_type: by?.type ?? null,
    by_id: by?.id ?? null,
    by_name: by?.name ?? null,
    details: JSON.stringify(details),
  };
  return { row: { ...row, last_event: number }, events: [{ row: event, notice }] };
}

/** Times of the changes that count at `at`. */
export function changesOf({ changes }: Pick<AlarmRow, "changes">, at: number): number[] {
  const read: number[] = JSON.parse(changes);
  return newestChanges(read, at);
}

function withChange(
  row: AlarmRow,
  kind: "reopened" | "escalated" | "eased",
  violation: Violation,
): AlarmStep {
  const { at, by } = violation;
  const changed = withChangeAt(row, at);
  const details = valueOf(violation);
  if (changesOf(changed, at).length >= UNSTABLE_CHANGES) {
    return withEvent({ ...changed, unstable_since: at }, "unstable", at, { notice: "unstable", by, details });
  }
  return withEvent(changed, kind, at, { ...(kind !== "eased" && { notice: kind }), by, details });
}

function withChangeAt(row: AlarmRow, at: number): AlarmRow {
  return { ...row, changes: JSON.stringify(newestChanges([...changesOf(row, at), at], at)) };
}

function newestChanges(changes: readonly number[], at: number): number[] {
  return changes.filter((time) => time > at - CHANGES_MS).slice(-UNSTABLE_CHANGES);
}

function calmAt(row: AlarmRow): number {
  const times: number[] = JSON.parse(row.changes);
  return Math.max(row.unstable_since ?? 0, ...times) + CALM_MS;
}

function seen(row: AlarmRow, violation: Violation): AlarmRow {
  return { ...row, ...columnsOf(violation), violations: row.violations + 1 };
}

function columnsOf({ at, severity, facts }: Violation) {
  return {
    severity,
    severity_rank: severityRankOf(severity),
    facts: JSON.stringify(facts),
    last_at: at,
    is_violating: 1 as const,
  };
}

function valueOf({ facts }: Pick<Violation, "facts">): AlarmEventDetails {
  return facts.value === undefined ? {} : { value: facts.value };
}
