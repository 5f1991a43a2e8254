import type { AlarmSeverity } from "@muster/shared/contracts/alarm.ts";
import type { ChannelType } from "@muster/shared/alarms/channels/catalog.ts";
import type { DeliveryState, NoticeKind } from "@muster/shared/contracts/delivery.ts";
import type { Language } from "@muster/shared/i18n/languages.ts";
import type { EditColumns } from "../../platform/edit-version.ts";

export type ChannelRow = {
  id: string;
  org_id: string;
  type: ChannelType;
  name: string;
  name_key: string;
  language: Language;
  is_enabled: 0 | 1;
  /** JSON of the settings that are no secrets. */
  settings: string;
  /** JSON of the secret settings, sealed for `channel:<organization>:<id>`. */
  sealed_secrets: Buffer;
  created_at: number;
  last_sent_at: number | null;
  /** Since when every attempt has failed; null while the channel works. */
  failing_since: number | null;
} & EditColumns;

export type PolicyRow = {
  id: string;
  org_id: string;
  position: number;
  name: string;
  is_enabled: 0 | 1;
  /** JSON of `PolicyDefinition`. */
  definition: string;
} & EditColumns;

/**
 * What is sent at once to one recipient of a channel. Its id is the message id of every attempt. While it is waiting, `due_at` is when it may
 * be taken; a server that takes it moves `due_at` to the end of its lease.
 */
export type MessageRow = {
  id: string;
  org_id: string;
  /** `mail` for the server's own mails to users, `push` for messages to their browsers. */
  channel_id: string;
  /** Id of a user, with the push subscription of a browser where it is one, or an address of an e-mail channel; empty for the other channels. */
  recipient: string;
  state: DeliveryState;
  due_at: number;
  /** When it was first to be sent. */
  planned_at: number;
  /** 1 when other events may join it until `planned_at`. */
  is_collecting: 0 | 1;
  /** 1 for what is never collected, such as the end of an alarm: no collecting starts with it. */
  is_urgent: 0 | 1;
  attempts: number;
  /** Of the server that sends it now. */
  lease_token: string | null;
  created_at: number;
  give_up_at: number;
  ended_at: number | null;
  /** JSON of `UserNote` for what is no event of an alarm; null for all others. */
  note: string | null;
};

/** That one event of an alarm is told to one recipient of a channel. */
export type DeliveryRow = {
  id: string;
  org_id: string;
  message_id: string;
  alarm_id: string;
  event_number: number;
  /** 0 for the event itself, from 1 on for its reminders and escalations. */
  repetition: number;
  kind: NoticeKind;
  severity: AlarmSeverity;
  customer_id: string | null;
  channel_id: string;
  recipient: string;
  state: DeliveryState;
  at: number;
};

/** The ticket of an alarm in the system of a channel. */
export type TicketRow = {
  alarm_id: string;
  channel_id: string;
  org_id: string;
  /** What its system calls it in addresses. */
  ticket_id: string;
  /** What people call it. */
  key: string;
  /** 1 when it is about several alarms: it is not closed with one of them. */
  is_shared: 0 | 1;
  /** Number of the newest event of the alarm that it tells. */
  last_event: number;
};

export type AttemptRow = {
  id: string;
  org_id: string;
  message_id: string;
  at: number;
  duration_ms: number;
  outcome: "sent" | "retry" | "failed";
  status: number | null;
  answer: string;
};

/** What is still to be said about an open alarm that nobody has acknowledged. */
export type FollowUpRow = {
  alarm_id: string;
  org_id: string;
  /** The event that opened the alarm, which the repetitions belong to. */
  event_number: number;
  repetition: number;
  opened_at: number;
  /** Null for the default policy. */
  policy_id: string | null;
  remind_at: number | null;
  escalate_at: number | null;
};

export type AcknowledgeLinkRow = {
  token_hash: string;
  org_id: string;
  alarm_id: string;
  user_id: string;
  expires_at: number;
};

/** A mail address of a channel that belongs to no member, and whether its owner wants the messages. */
export type AddressConfirmationRow = {
  token_hash: string;
  org_id: string;
  address: string;
  /** Until when it can be confirmed. */
  expires_at: number;
  confirmed_at: number | null;
};

/** A browser in which a user gets push notifications. */
export type PushSubscriptionRow = {
  id: string;
  org_id: string;
  user_id: string;
  /** How the browser is called in lists. */
  name: string;
  /** SHA-256 of the address at the push service, in hexadecimal. */
  endpoint_hash: string;
  /** JSON of the address and the keys, sealed for `push:<organization>:<id>`: whoever knows the address can send there. */
  sealed: Buffer;
  created_at: number;
  /** When the push service last accepted a message; null when it has accepted none. */
  last_sent_at: number | null;
};

declare module "../../platform/database/tables.ts" {
  interface Tables {
    channels: ChannelRow;
    notification_policies: PolicyRow;
    alarm_tickets: TicketRow;
    notification_messages: MessageRow;
    deliveries: DeliveryRow;
    delivery_attempts: AttemptRow;
    notification_follow_ups: FollowUpRow;
    push_subscriptions: PushSubscriptionRow;
    acknowledge_links: AcknowledgeLinkRow;
    address_confirmations: AddressConfirmationRow;
  }
}
