import type { AlarmEndReason } from "@muster/shared/alarms/end-reasons.ts";
import type { AlarmEventKind, AlarmSeverity } from "@muster/shared/contracts/alarm.ts";
import type { Actor } from "../../identity/index.ts";

/** An alarm. Times are wall time in epoch milliseconds; `facts` and `changes` are JSON. */
export type AlarmRow = {
  id: string;
  org_id: string;
  /** What the alarm is about; one alarm at most is open for each key of an organization. */
  key: string;
  type: string;
  severity: AlarmSeverity;
  /** Sorts by severity: 0 for info to 2 for critical. */
  severity_rank: number;
  /** The names are copies, because rules and devices may be deleted. */
  rule_id: string | null;
  rule_name: string | null;
  device_id: string | null;
  device_name: string | null;
  customer_id: string | null;
  instance: string | null;
  facts: string;
  opened_at: number;
  /** When the violation was last seen. */
  last_at: number;
  ended_at: number | null;
  end_reason: AlarmEndReason | null;
  /** Name of the user who resolved it. */
  ended_by: string | null;
  /** How often it was opened and reopened. */
  occurrences: number;
  violations: number;
  /** 0 once the condition has cleared; an alarm that was resolved by hand or is unstable may differ from its condition. */
  is_violating: 0 | 1;
  /** Times of the newest changes, from which `unstable` follows. */
  changes: string;
  unstable_since: number | null;
  acknowledged_at: number | null;
  acknowledged_by: string | null;
  acknowledged_until: number | null;
  snoozed_until: number | null;
  assignee_id: string | null;
  assignee_name: string | null;
  /** 1 when something about it was not sent, because its device was offline or in maintenance. */
  is_muted: 0 | 1;
  /** 1 once it was announced; only then is its end. */
  is_told: 0 | 1;
  /** Number of the newest event. */
  last_event: number;
  search_text: string;
};

/** What happened to an alarm. `details` is the JSON of `AlarmEventDetails`. */
export type AlarmEventRow = {
  org_id: string;
  alarm_id: string;
  /** From 1 on, within the alarm. */
  number: number;
  at: number;
  kind: AlarmEventKind;
  /** Of the alarm after the event. */
  severity: AlarmSeverity;
  by_type: Actor["type"] | null;
  by_id: string | null;
  by_name: string | null;
  details: string;
};

/** What an event says besides its kind; what does not apply is left out. */
export type AlarmEventDetails = {
  note?: string;
  until?: number;
  reason?: AlarmEndReason;
  assignee?: string;
  value?: number;
};

declare module "../../platform/database/tables.ts" {
  interface Tables {
    alarms: AlarmRow;
    alarm_events: AlarmEventRow;
  }
}
