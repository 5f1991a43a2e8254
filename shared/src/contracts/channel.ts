import { z } from "zod";
import { ChannelType } from "../alarms/channels/catalog.ts";
import { LANGUAGE_CODES } from "../i18n/languages.ts";
import { Id } from "../ids.ts";
import { EditInfo } from "./edit-info.ts";
import { Instant, name } from "./text.ts";

/** Channels that one organization may have. */
export const MAX_CHANNELS = 100;
/** Stands for a secret setting in an answer. Sent back, it leaves the secret as it is. */
export const SECRET_MASK = "********";

const MAX_SETTINGS = 20;
const MAX_SETTING_LENGTH = 1_000;

/** Language of messages. */
export const MessageLanguage = z.enum(LANGUAGE_CODES);

/** The settings of a channel by name, as its type has them. Secret ones are never shown: their value is `********`. */
export const ChannelSettings = z
  .record(
    z.string().max(40),
    z.union([z.string().max(MAX_SETTING_LENGTH), z.array(z.string().max(MAX_SETTING_LENGTH)).max(50)]),
  )
  .refine((settings) => Object.keys(settings).length <= MAX_SETTINGS, "must have at most 20 settings");
export type ChannelSettings = z.infer<typeof ChannelSettings>;

/** A way to tell somebody of an alarm. */
export const Channel = z.object({
  id: Id,
  /** Unique in the organization, whatever the case and accents. */
  name: z.string(),
  type: ChannelType,
  settings: ChannelSettings,
  /** Host that messages are sent to; null for mails. */
  host: z.string().nullable(),
  /** Mail addresses whose owners have not agreed yet, so that they get test messages only; empty for other types. */
  unconfirmedAddresses: z.array(z.string()),
  /** Language of the messages. */
  language: MessageLanguage,
  /** False stops messages over this channel; those that wait are dropped. */
  isEnabled: z.boolean(),
  /** When a receiver last accepted a message; null when none has. */
  lastSentAt: Instant.nullable(),
  /** Since when every attempt has failed; null while the channel works. */
  failingSince: Instant.nullable(),
  ...EditInfo.shape,
});
export type Channel = z.infer<typeof Channel>;

/** A channel that was just created. */
export const CreatedChannel = Channel.extend({
  /** Secret with which a webhook verifies signatures, shown only here; null for other types. */
  signingSecret: z.string().nullable(),
});
export type CreatedChannel = z.infer<typeof CreatedChannel>;

/** The channels of an organization in the order of their names. */
export const Channels = z.object({
  /** All channels. */
  items: z.array(Channel),
  /** Whether the server can send mails: `MUSTER_SMTP_URL` and `MUSTER_MAIL_FROM` are set. */
  canSendMail: z.boolean(),
  /** Whether a member gets push notifications in a browser. */
  hasPushSubscriptions: z.boolean(),
});
export type Channels = z.infer<typeof Channels>;

const ChannelName = name(80);

/** A channel to create. */
export const NewChannel = z.strictObject({
  /** Unique in the organization, whatever the case and accents. */
  name: ChannelName,
  type: ChannelType,
  settings: ChannelSettings,
  /** Language of the messages. */
  language: MessageLanguage.default("en"),
  /** False for a channel that sends nothing yet. */
  isEnabled: z.boolean().default(true),
});
export type NewChannel = z.infer<typeof NewChannel>;

/** A field or setting that is left out stays as it is. */
export const ChannelChange = z
  .strictObject({
    /** Unique in the organization, whatever the case and accents. */
    name: ChannelName,
    settings: ChannelSettings,
    /** Language of the messages. */
    language: MessageLanguage,
    /** False stops messages over this channel; those that wait are dropped. */
    isEnabled: z.boolean(),
  })
  .partial();
export type ChannelChange = z.infer<typeof ChannelChange>;

/** What happened when a test message was sent. */
export const ChannelTest = z.object({
  /** Whether the receiver accepted the message. */
  isSent: z.boolean(),
  /** Status of the HTTP or SMTP answer; null without an answer. */
  status: z.number().int().nullable(),
  /** The beginning of the answer, or why there is none. */
  answer: z.string(),
  /** Milliseconds that it took. */
  durationMs: z.number().int(),
});
export type ChannelTest = z.infer<typeof ChannelTest>;

/** The new secret of a webhook. */
export const RotatedSecret = z.object({
  /** Secret with which the receiver verifies signatures, shown only here. */
  signingSecret: z.string(),
  /** Until when messages are signed with the previous secret too. */
  previousValidUntil: Instant,
});
export type RotatedSecret = z.infer<typeof RotatedSecret>;
