import { z } from "zod";
import { Id } from "../ids.ts";
import {
  DeviceAlarm,
  HelpDiagnostics,
  MAX_HELP_MESSAGES,
  MAX_SUPPORT_ALARMS,
  SupportContact,
} from "./device-support.ts";
import { EpochMs } from "./text.ts";

/** An answer of IT that this user has not read. */
export const UnreadAnswer = z.object({
  request: Id,
  message: Id,
  /** Name of the member who wrote it. */
  author: z.string(),
  text: z.string(),
});
export type UnreadAnswer = z.infer<typeof UnreadAnswer>;

/** What the view says about alarms and help requests. */
export const LocalSupportState = z.object({
  /** Another number than before means that `support` has to be read again. */
  revision: z.number().int(),
  /** Open alarms of the machine, the worst first. */
  alarms: z.array(DeviceAlarm).max(MAX_SUPPORT_ALARMS),
  unreadAnswers: z.array(UnreadAnswer),
});

/**
 * Whether the server has what a local user wrote. `waiting`: it is sent as soon as the server can be reached. `refused`: the server does
 * not take it.
 */
const sending = z.enum(["sent", "waiting", "refused"]);

/** A message in the thread of a help request. */
export const LocalHelpMessage = z.object({
  id: Id,
  isFromIt: z.boolean(),
  author: z.string(),
  text: z.string(),
  atMs: EpochMs,
  isRead: z.boolean(),
  sending,
  /** Why the server does not take it; null otherwise. */
  reason: z.string().nullable(),
});
export type LocalHelpMessage = z.infer<typeof LocalHelpMessage>;

/** A help request of this user with its thread. */
export const LocalHelpRequest = z.object({
  id: Id,
  text: z.string(),
  askedAtMs: EpochMs,
  state: z.enum(["open", "closed"]),
  sending,
  /** Why the server does not take it; null otherwise. */
  reason: z.string().nullable(),
  /** Name of the member who takes care of it; null for nobody. */
  takenBy: z.string().nullable(),
  /** Name of the member who closed it; null while it is open, and when the user closed it. */
  closedBy: z.string().nullable(),
  /** Oldest first. */
  messages: z.array(LocalHelpMessage).max(2 * MAX_HELP_MESSAGES),
});
export type LocalHelpRequest = z.infer<typeof LocalHelpRequest>;

/** Whom to ask, and what this user asked. */
export const LocalSupport = z.object({
  contact: SupportContact.nullable(),
  /** Newest first. */
  requests: z.array(LocalHelpRequest).max(200),
  /** The summary of this computer as it would be sent now. */
  diagnostics: HelpDiagnostics,
});
export type LocalSupport = z.infer<typeof LocalSupport>;
