import type { AlarmFacts, AlarmSeverity } from "@muster/shared/contracts/alarm.ts";
import type { Actor } from "../../identity/index.ts";
import {
  type AlarmStep,
  type AlarmSubject,
  changesOf,
  cleared,
  opened,
  recurs,
  reopened,
  violated,
} from "./alarm-machine.ts";
import type { AlarmRow } from "./alarms.tables.ts";

/** An alarm from outside, with what it is about. */
export type IncomingAlarm = {
  key: string;
  state: "open" | "ended";
  severity: AlarmSeverity;
  text: string;
  instance: string | null;
};

/**
 * Something that nobody reported for this time counts as over where a user closed it by hand: many reporters know no end, and a new failure
 * must not stay quiet because of an old one.
 */
const FORGOTTEN_MS = 12 * 3_600_000;

/** What a report makes of the newest alarm of its key, or null when there is nothing to do. */
export function reportStep(
  row: AlarmRow | null,
  { state, severity, text }: Pick<IncomingAlarm, "state" | "severity" | "text">,
  given: { at: number; by: Actor; makeSubject: () => AlarmSubject },
): AlarmStep | null {
  const { at, by } = given;
  const facts: AlarmFacts = { text };
  if (state === "ended") {
    if (row === null || (row.ended_at !== null && row.is_violating === 0)) return null;
    return cleared(row, { at, by, reason: "cleared" });
  }
  const violation = { at, severity, facts, by };
  if (row === null) return opened(given.makeSubject(), violation);
  if (row.ended_at === null) return violated(row, violation);
  if (isQuiet(row, at)) {
    return { row: { ...row, last_at: at, violations: row.violations + 1 }, events: [] };
  }
  const subject = given.makeSubject();
  return recurs(row, at) ? reopened(row, subject, violation) : opened(subject, violation, changesOf(row, at));
}

/** True for what a user closed by hand and what is still reported since. */
function isQuiet(row: AlarmRow, at: number): boolean {
  return row.end_reason === "resolved" && row.is_violating === 1 && at - row.last_at < FORGOTTEN_MS;
}
