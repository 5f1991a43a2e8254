import type { AlarmSeverity } from "@muster/shared/contracts/alarm.ts";
import type { NoticeKind } from "@muster/shared/contracts/delivery.ts";
import type { Language } from "@muster/shared/i18n/languages.ts";

/** An alarm as messages show it. Its texts come from devices too: nothing in them is trusted. */
export type MessageAlarm = {
  id: string;
  type: string;
  severity: AlarmSeverity;
  title: string;
  sentence: string;
  deviceId: string | null;
  deviceName: string | null;
  ruleId: string | null;
  ruleName: string | null;
  customerId: string | null;
  openedAt: number;
  endedAt: number | null;
  acknowledgedAt: number | null;
  acknowledgedBy: string | null;
};

/** One event that a message tells. */
export type MessageEvent = {
  kind: NoticeKind;
  eventNumber: number;
  at: number;
  severity: AlarmSeverity;
  alarm: MessageAlarm;
  /** Where the recipient can acknowledge the alarm; null for nobody. */
  acknowledgeUrl: string | null;
};

/** A note in words of its reader. Nothing in it is escaped for any format yet. */
export type NoteText = {
  title: string;
  lines: string[];
  link: { label: string; path: string };
  /** Why its reader gets it. */
  reason: string;
};

/** A message about one or several events, or a test without any. */
export type OutgoingMessage = {
  /** The same in every attempt. */
  id: string;
  language: Language;
  /** Address of the server, for links. */
  publicUrl: string;
  /** When the message was made, in epoch milliseconds: the same in every attempt. */
  createdAt: number;
  events: readonly MessageEvent[];
  /** Name of the channel that is tested. */
  testOf: string | null;
  /** Where the owner of the address agrees to get messages; only in a test. */
  confirmUrl: string | null;
  /** What a mail says in place of events. */
  note?: NoteText;
  /** Form of a mail about one event. */
  template?: { subject: string; text: string };
};

/** What became of one attempt. `retry` is worth another attempt, `failed` is not. */
export type SendResult = {
  outcome: "sent" | "retry" | "failed";
  /** Status of the HTTP or SMTP answer; null without one. */
  status: number | null;
  answer: string;
  retryAfter: string | null;
};
