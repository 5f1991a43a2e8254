import type { NoticeKind } from "@muster/shared/contracts/delivery.ts";
import type { AlarmSeverity } from "@muster/shared/contracts/alarm.ts";
import type { Language } from "@muster/shared/i18n/languages.ts";
import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";

/** What notifications know of an alarm: columns of its row. Times are wall time in epoch milliseconds. */
export type NoticeAlarm = {
  id: string;
  org_id: string;
  type: string;
  severity: AlarmSeverity;
  rule_id: string | null;
  rule_name: string | null;
  device_id: string | null;
  device_name: string | null;
  customer_id: string | null;
  instance: string | null;
  /** JSON. */
  facts: string;
  opened_at: number;
  ended_at: number | null;
  acknowledged_at: number | null;
  acknowledged_by: string | null;
  snoozed_until: number | null;
  is_muted: 0 | 1;
};

/** An event of an alarm that somebody may have to be told, in the transaction that stores it. */
export type AlarmNotice = {
  orgId: string;
  alarmId: string;
  /** Number of the event in the alarm's timeline. */
  eventNumber: number;
  kind: NoticeKind;
  at: number;
  /** The user who caused it; null when nobody did, or a program. */
  byUserId: string | null;
  /** The alarm after the event. */
  alarm: NoticeAlarm;
  /** Alarms that say it already: who was told of one of them is left out. Nobody when it is left out. */
  inhibitedBy?: readonly string[];
  /** Who was told of this event of the alarm, or of a later one, is left out. Nobody when it is null or left out. */
  knownFrom?: number | null;
};

/** Reads an alarm as it is now. */
export type FindAlarm = (
  db: Kysely<Tables>,
  orgId: string,
  alarmId: string,
) => Promise<NoticeAlarm | undefined>;

/** Whether something keeps an alarm quiet at the moment. */
export type IsMuted = (db: Kysely<Tables>, orgId: string, alarmId: string) => Promise<boolean>;

/** What an alarm is called and what it says, for a reader of the language. */
export type DescribeAlarm = (alarm: NoticeAlarm, language: Language) => { title: string; sentence: string };

/** What policies ask of a device. */
export type FindPolicyDevice = (
  db: Kysely<Tables>,
  orgId: string,
  deviceId: string,
) => Promise<{ tags: readonly string[]; deviceClass: string; customerId: string | null } | undefined>;

/** When the maintenance ends in which a device is at `at`; null when it is in none. Times are epoch milliseconds. */
export type FindMaintenanceEnd = (
  db: Kysely<Tables>,
  orgId: string,
  deviceId: string,
  at: number,
) => Promise<number | null>;

/** Those of these rules that the organization has. */
export type FindPolicyRules = (
  db: Kysely<Tables>,
  orgId: string,
  ruleIds: readonly string[],
) => Promise<ReadonlyMap<string, { name: string; type: string }>>;

/** The names of those of these ids that the organization has. */
export type FindNames = (
  db: Kysely<Tables>,
  orgId: string,
  ids: readonly string[],
) => Promise<ReadonlyMap<string, string>>;
