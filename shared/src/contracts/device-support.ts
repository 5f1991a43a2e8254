import { z } from "zod";
import { Id } from "../ids.ts";
import { AlarmSeverity } from "./alarm.ts";
import { EpochMs, filledLines, Instant, line, name } from "./text.ts";

/** Characters of a help request, and of each message about it. */
export const MAX_HELP_TEXT_LENGTH = 2_000;
/** Help requests of one device that are open at the same time. */
export const MAX_OPEN_HELP_REQUESTS = 5;
/** Help requests and messages that one device sends within an hour. */
export const MAX_HELP_MESSAGES_PER_HOUR = 20;
/** Messages in the thread of one help request. */
export const MAX_HELP_MESSAGES = 200;
/** Alarms and help requests that a device reads. */
export const MAX_SUPPORT_ALARMS = 20;
export const MAX_SUPPORT_REQUESTS = 20;

/** Text of a help request or of a message about it. */
export const HelpText = filledLines(MAX_HELP_TEXT_LENGTH);

/** Who IT is, for the people at the machines. */
export const SupportContact = z.object({
  /** Name of the person or team. */
  name: z.string(),
  /** How to reach them: phone number, e-mail address, room. */
  reach: z.string(),
  /** When they can be reached; null when it is not said. */
  hours: z.string().nullable(),
});
/** Says who IT is. */
export const NewSupportContact = z.strictObject({
  /** Name of the person or team. */
  name: name(100),
  /** How to reach them: phone number, e-mail address, room. */
  reach: line(200),
  /** When they can be reached; null when it is not said. */
  hours: line(200).nullable(),
});
export type NewSupportContact = z.infer<typeof NewSupportContact>;
export type SupportContact = z.infer<typeof SupportContact>;

/** State of the computer, which its user sends with a help request. */
export const HelpDiagnostics = z.strictObject({
  /** When it was taken, in epoch milliseconds of the device's clock. */
  atMs: EpochMs,
  /** Version of the agent. */
  agentVersion: line(60),
  /** State of the agent, such as `reporting`. */
  state: line(40),
  /** Health from 0 to 100; null before the first sample. */
  health: z.int().min(0).max(100).nullable(),
  /** Worst problem of the last sample or of the connection; null without one. */
  problem: line(300).nullable(),
  /** Usage of the fullest file system in percent; null when unknown. */
  diskPercent: z.number().min(0).max(100).nullable(),
  /** Mount point of that file system; null when unknown. */
  diskMount: line(400).nullable(),
  /** Seconds since the computer was started; null when unknown. */
  uptimeS: z.number().min(0).nullable(),
});
export type HelpDiagnostics = z.infer<typeof HelpDiagnostics>;

/** A message in the thread of a help request, as the device reads it. */
export const DeviceHelpMessage = z.object({
  id: Id,
  /** Whether somebody of IT wrote it. */
  isFromIt: z.boolean(),
  /** Name of the local user or member who wrote it. */
  author: z.string(),
  /** The message. */
  text: z.string(),
  /** When the server received it, in epoch milliseconds. */
  at: EpochMs,
  /** Whether the local user has read it. */
  isRead: z.boolean(),
});
export type DeviceHelpMessage = z.infer<typeof DeviceHelpMessage>;

/** A help request of the device. */
export const DeviceHelpRequest = z.object({
  id: Id,
  /** Name of the local user who asked. */
  askedBy: z.string(),
  /** In epoch milliseconds. */
  askedAt: EpochMs,
  /** What the user wrote. */
  text: z.string(),
  /** Whether it is still open. */
  state: z.enum(["open", "closed"]),
  /** Name of the member who takes care of it; null for nobody. */
  takenBy: z.string().nullable(),
  /** Name of the member who closed it; null while it is open, and when the user closed it. */
  closedBy: z.string().nullable(),
  /** Oldest first. Of long threads the newest messages. */
  messages: z.array(DeviceHelpMessage),
});
export type DeviceHelpRequest = z.infer<typeof DeviceHelpRequest>;

/** An alarm in words: the title without and the sentence with the name of the device. */
const alarmText = z.object({
  /** What is wrong in a few words. */
  title: z.string(),
  /** The same as a sentence with its values. */
  sentence: z.string(),
});

/** An open alarm about the device. */
export const DeviceAlarm = z.object({
  id: Id,
  severity: AlarmSeverity,
  /** In epoch milliseconds of the server's clock. */
  openedAt: EpochMs,
  /** Its text in each language, so that an old agent shows new types of alarms. */
  texts: z.object({
    /** English. */
    en: alarmText,
    /** French. */
    fr: alarmText,
    /** Spanish. */
    es: alarmText,
    /** Russian. */
    ru: alarmText,
    /** German. */
    de: alarmText,
  }),
  /** Name of the member or key that acknowledged it; null for nobody. */
  acknowledgedBy: z.string().nullable(),
  /** Name of the member who takes care of it; null for nobody. */
  assignedTo: z.string().nullable(),
});
export type DeviceAlarm = z.infer<typeof DeviceAlarm>;

/** What the people at a device see of IT: whom to ask, the device's open alarms, and their help requests. */
export const DeviceSupport = z.object({
  /** Changes with the content. It is the ETag too. */
  version: z.string().max(100),
  /** Null until an administrator has entered it. */
  contact: SupportContact.nullable(),
  /** Open alarms that were announced, the worst first, without help requests. At most 20. */
  alarms: z.array(DeviceAlarm),
  /** The newest 20 help requests, newest first. */
  requests: z.array(DeviceHelpRequest),
});
export type DeviceSupport = z.infer<typeof DeviceSupport>;

/** Asks IT for help. The same id again changes nothing. */
export const NewHelpRequest = z.strictObject({
  /** Chosen by the agent. */
  id: Id,
  /** What the user needs. */
  text: HelpText,
  /** Name of the local user. */
  askedBy: line(120),
  /** When the user asked, in epoch milliseconds of the device's clock. It may have been offline since. */
  askedAt: EpochMs,
  /** State of the computer; null when the user does not send it. */
  diagnostics: HelpDiagnostics.nullable(),
});
export type NewHelpRequest = z.infer<typeof NewHelpRequest>;

/** A message of the local user. The same id again changes nothing. */
export const NewDeviceHelpMessage = z.strictObject({
  /** Chosen by the agent. */
  id: Id,
  /** What the user writes. */
  text: HelpText,
});
export type NewDeviceHelpMessage = z.infer<typeof NewDeviceHelpMessage>;

/** The local user needs no more help. */
export const HelpRequestClosing = z.strictObject({});
export type HelpRequestClosing = z.infer<typeof HelpRequestClosing>;

/** Which messages of IT have arrived. */
export const HelpReceipts = z.strictObject({
  /** Messages that the device has received. */
  delivered: z.array(Id).max(MAX_HELP_MESSAGES),
  /** Messages that the local user has read. */
  read: z.array(Id).max(MAX_HELP_MESSAGES),
});
export type HelpReceipts = z.infer<typeof HelpReceipts>;

/** A message in the thread of a help request, as members read it. */
export const HelpMessage = DeviceHelpMessage.omit({ isRead: true }).extend({
  at: Instant,
  /** When the device received it; null for messages of the local user, and before that. */
  deliveredAt: Instant.nullable(),
  /** When the local user read it; null for messages of the local user, and before that. */
  readAt: Instant.nullable(),
});
export type HelpMessage = z.infer<typeof HelpMessage>;

/** A help request with its thread. Who takes care of it and how it ended is said by its alarm. */
export const HelpThread = z.object({
  /** The alarm of the help request. */
  alarmId: Id,
  /** The device; null once it is deleted. */
  device: z
    .object({
      id: Id,
      /** Name of the device. */
      name: z.string(),
    })
    .nullable(),
  /** Name of the local user who asked. */
  askedBy: z.string(),
  askedAt: Instant,
  /** What the user wrote. */
  text: z.string(),
  /** Whether it is still open. */
  state: z.enum(["open", "closed"]),
  /** Name of the member who takes care of it; null for nobody. */
  takenBy: z.string().nullable(),
  /** State of the computer at that time; null when the user did not send it. */
  diagnostics: HelpDiagnostics.nullable(),
  /** Oldest first. */
  messages: z.array(HelpMessage),
});
export type HelpThread = z.infer<typeof HelpThread>;

/** An answer of IT. */
export const NewHelpAnswer = z.strictObject({
  /** What is written to the local user. */
  text: HelpText,
});
export type NewHelpAnswer = z.infer<typeof NewHelpAnswer>;
