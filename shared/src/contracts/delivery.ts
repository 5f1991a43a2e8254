import { z } from "zod";
import { Id } from "../ids.ts";
import { AlarmFacts, AlarmSeverity } from "./alarm.ts";
import { PageQuery, pageOf } from "./page.ts";
import { Instant } from "./text.ts";

/** The event of an alarm that somebody is told of. `reminder` repeats an alarm that nobody has acknowledged. */
export const NoticeKind = z.enum([
  "opened",
  "reopened",
  "escalated",
  "unstable",
  "acknowledged",
  "ended",
  "reminder",
  "commented",
  "assigned",
]);
export type NoticeKind = z.infer<typeof NoticeKind>;

/**
 * State of a delivery.
 * - waiting: it is sent, or sent again, at `nextAttemptAt`
 * - sent: the receiver accepted it
 * - failed: the receiver refused it, or did not accept it within 24 hours
 * - merged: the alarm ended before it was sent; the message about the end tells both, or neither was needed
 * - dropped: nobody needs it any more, because the recipient, the channel or the alarm is gone, or a backup was restored
 */
export const DeliveryState = z.enum(["waiting", "sent", "failed", "merged", "dropped"]);
export type DeliveryState = z.infer<typeof DeliveryState>;

/** One attempt to send a message. */
export const DeliveryAttempt = z.object({
  at: Instant,
  /** Milliseconds until the answer, or until the attempt was given up. */
  durationMs: z.number().int(),
  /** Whether the message was accepted, will be tried again, or is given up. */
  outcome: z.enum(["sent", "retry", "failed"]),
  /** Status of the HTTP or SMTP answer; null without an answer. */
  status: z.number().int().nullable(),
  /** The beginning of the answer, or why there is none; empty for a caller with a customer limit, because it may quote a message about others. */
  answer: z.string(),
});
export type DeliveryAttempt = z.infer<typeof DeliveryAttempt>;

/** One event of an alarm on its way to one recipient. */
export const Delivery = z.object({
  id: Id,
  /** The alarm whose event it tells. */
  alarmId: Id,
  /** What the alarm is about; null when it does not exist any more. */
  alarm: z
    .object({
      /** Type: that of its rule, or `reported`. */
      type: z.string(),
      /** What is wrong in a few words, in English. */
      title: z.string(),
      /** Name of the rule; null without one. */
      ruleName: z.string().nullable(),
      /** Name of the device; null without one. */
      deviceName: z.string().nullable(),
      /** Mount point, interface or service; null when it is about the whole device. */
      instance: z.string().nullable(),
      facts: AlarmFacts,
    })
    .nullable(),
  /** Number of the event in the timeline of the alarm. */
  eventNumber: z.number().int(),
  /** Kind of the event. */
  kind: NoticeKind,
  /** Severity of the alarm at the event. */
  severity: AlarmSeverity,
  /** The channel; null for a mail or a push notification to a user. */
  channelId: Id.nullable(),
  /** Name of the channel; null for a mail or a push notification to a user, and for a channel that does not exist any more. */
  channelName: z.string().nullable(),
  /** Id of the user, or the mail address; empty where the channel has one receiver only. */
  recipient: z.string(),
  /** Name of the user; null for other recipients, and for a user who is not a member any more. */
  userName: z.string().nullable(),
  /** Whether it is a push notification to a browser of the user. */
  isPush: z.boolean(),
  /** Name of the browser that gets a push notification; null for what is none, and for a browser that gets none any more. */
  browser: z.string().nullable(),
  state: DeliveryState,
  /** Id of the message, the same in every attempt: the header `webhook-id`, or the Message-ID of a mail. Several events can share one message. */
  messageId: Id,
  createdAt: Instant,
  /** When it is sent or sent again; null when it is not waiting. */
  nextAttemptAt: Instant.nullable(),
  /** The newest attempts, oldest first. */
  attempts: z.array(DeliveryAttempt),
});
export type Delivery = z.infer<typeof Delivery>;

/** Which deliveries to list, newest first. */
export const DeliveryListQuery = PageQuery.extend({
  /** Only deliveries in this state. */
  state: DeliveryState.optional(),
  /** Only deliveries of this alarm. */
  alarmId: Id.optional(),
  /** Only deliveries of this channel. */
  channelId: Id.optional(),
});
export type DeliveryListQuery = z.infer<typeof DeliveryListQuery>;

/** A page of deliveries. */
export const DeliveryPage = pageOf(Delivery);
