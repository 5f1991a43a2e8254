import type { Transaction } from "kysely";
import type { Tables } from "../platform/database/tables.ts";
import type { AlarmRow } from "./alarms/alarms.tables.ts";

/** Events of an alarm that somebody may have to be told of. */
export type AlarmNoticeKind =
  | "opened"
  | "reopened"
  | "escalated"
  | "unstable"
  | "acknowledged"
  | "ended"
  | "reminder"
  | "commented"
  | "assigned";

/** An event of an alarm, and the alarm after it. `eventNumber` is that of its timeline. */
export type AlarmNotice = {
  orgId: string;
  alarmId: string;
  eventNumber: number;
  kind: AlarmNoticeKind;
  /** Wall time. */
  at: number;
  /** The user who caused it; null when nobody did, or a program. */
  byUserId: string | null;
  alarm: AlarmRow;
  /** Alarms that say it already: who was told of one of them is left out. Empty for none. */
  inhibitedBy: readonly string[];
  /** Who was told of this event of the alarm, or of a later one, is left out; null: nobody. */
  knownFrom: number | null;
};

/** `isComplete` is false when somebody was left out because of `inhibitedBy`, or there was nobody to tell meanwhile. */
export type NoticeResult = { isComplete: boolean };

/** Plans messages in the transaction that changes the alarm, whose rows are written already. */
export type Notify = (tx: Transaction<Tables>, notice: AlarmNotice) => Promise<NoticeResult>;
