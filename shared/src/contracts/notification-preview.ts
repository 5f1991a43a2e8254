import { z } from "zod";
import { Id } from "../ids.ts";
import { AlarmSeverity } from "./alarm.ts";
import { DeviceClass } from "./inventory.ts";
import { AnyInstant, Instant, Tag } from "./text.ts";

/** An alarm that is supposed to open: who would be notified of it? */
export const NotificationPreviewQuery = z.strictObject({
  /** Severity of the alarm. */
  severity: AlarmSeverity,
  /** The device that it is about, with its customer, tags and class; null for none. */
  deviceId: Id.nullable().default(null),
  /** Without a device: the customer that it is about; null for none. */
  customerId: Id.nullable().default(null),
  /** Without a device: the tags of the device that it is about. */
  tags: z.array(Tag).max(20).default([]),
  /** Without a device: the class of the device that it is about; null for any. */
  deviceClass: DeviceClass.nullable().default(null),
  /** The rule that opens it; null for none. */
  ruleId: Id.nullable().default(null),
  /** When it opens; null for now. */
  at: AnyInstant.nullable().default(null),
});
export type NotificationPreviewQuery = z.infer<typeof NotificationPreviewQuery>;

/** Who gets a message. */
export const PreviewRecipient = z.object({
  /** Id of the user; null for a channel. */
  userId: Id.nullable(),
  /** Name of the browser in which the user gets a push notification; null for a mail and for a channel. */
  browser: z.string().nullable(),
  /** Id of the channel; null for a user. */
  channelId: Id.nullable(),
  /** Name of the user or channel. */
  name: z.string(),
  /** Mail address of an e-mail channel; empty otherwise. */
  address: z.string(),
});
export type PreviewRecipient = z.infer<typeof PreviewRecipient>;

/** A recipient that the deciding policy names and that gets no message. */
export const UnreachedRecipient = PreviewRecipient.extend({
  /**
   * - no-mail-server: the server cannot send mails
   * - channel-off: the channel is switched off
   * - customer-limit: the user is limited to other customers
   * - not-confirmed: the owner of the address has not agreed yet
   */
  reason: z.enum(["no-mail-server", "channel-off", "customer-limit", "not-confirmed"]),
});
export type UnreachedRecipient = z.infer<typeof UnreachedRecipient>;

/** Messages that leave at the same time and for the same reason. */
export const PreviewStep = z.object({
  /** When they leave, unless somebody acknowledges the alarm or it ends before. */
  at: Instant,
  /** The first messages, a reminder, or an escalation to further recipients. */
  kind: z.enum(["first", "reminder", "escalation"]),
  /** Who gets them. */
  recipients: z.array(PreviewRecipient),
});
export type PreviewStep = z.infer<typeof PreviewStep>;

/** Who would be notified of an alarm, and when. */
export const NotificationPreview = z.object({
  /** When the alarm opens. */
  at: Instant,
  /** Why nobody is told when it opens, and until when; null when nothing holds messages back. Steps begin at that time. */
  heldBack: z
    .object({
      /** What holds messages back. */
      cause: z.literal("maintenance"),
      until: Instant,
    })
    .nullable(),
  /** The policies that match the alarm, in their order. */
  policies: z.array(
    z.object({
      /** Null for the built-in default. */
      id: Id.nullable(),
      /** Name of the policy; empty for the built-in default. */
      name: z.string(),
      /**
       * - decides: it says who is told
       * - not-reached: another one before it decides
       * - off: it is switched off
       * - outside-hours: it is not active at that time
       */
      verdict: z.enum(["decides", "not-reached", "off", "outside-hours"]),
    }),
  ),
  /** What is sent, earliest first; no step when nobody is told. */
  steps: z.array(PreviewStep),
  /** Whether reminders go on after the last step until somebody acknowledges the alarm. */
  goesOn: z.boolean(),
  /** Recipients that the deciding policy names and that get nothing. */
  unreached: z.array(UnreachedRecipient),
});
export type NotificationPreview = z.infer<typeof NotificationPreview>;
