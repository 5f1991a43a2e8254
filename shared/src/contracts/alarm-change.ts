import { z } from "zod";
import { MAX_BULK_ALARMS } from "../alarm-limits.ts";
import { Id } from "../ids.ts";
import { AnyInstant, lines } from "./text.ts";

const MAX_NOTE_LENGTH = 2_000;

/** Says that somebody is aware of an alarm. */
export const AlarmAcknowledgement = z.strictObject({
  /** Note for the timeline. */
  note: lines(MAX_NOTE_LENGTH).optional(),
  /** When it counts as unacknowledged again; never by default. */
  until: AnyInstant.optional(),
});
export type AlarmAcknowledgement = z.infer<typeof AlarmAcknowledgement>;

/** A note about what is done to an alarm. */
export const AlarmNote = z.strictObject({
  /** Note for the timeline. */
  note: lines(MAX_NOTE_LENGTH).optional(),
});
export type AlarmNote = z.infer<typeof AlarmNote>;

/** Mutes the messages about an alarm for some time. */
export const AlarmSnooze = z.strictObject({
  /** Until when nobody is told of it, in the next 90 days. */
  until: AnyInstant,
  /** Note for the timeline. */
  note: lines(MAX_NOTE_LENGTH).optional(),
});
export type AlarmSnooze = z.infer<typeof AlarmSnooze>;

/** Says who takes care of an alarm. */
export const AlarmAssignment = z.strictObject({
  /** Who takes care of it; null for nobody. */
  userId: Id.nullable(),
});
export type AlarmAssignment = z.infer<typeof AlarmAssignment>;

/** The members whom alarms can be assigned to, ordered by name, at most 500. */
export const AlarmAssignees = z.object({
  /** The members. */
  items: z.array(
    z.object({
      id: Id,
      /** Name of the user. */
      name: z.string(),
    }),
  ),
});
export type AlarmAssignees = z.infer<typeof AlarmAssignees>;

/** A comment on an alarm. */
export const AlarmComment = z.strictObject({
  /** The comment. */
  note: lines(MAX_NOTE_LENGTH).refine((text) => text.trim() !== "", "must not be empty"),
});
export type AlarmComment = z.infer<typeof AlarmComment>;

/** What is done to several alarms. */
export const AlarmAction = z.discriminatedUnion("kind", [
  AlarmAcknowledgement.extend({
    /** What is done. */
    kind: z.literal("acknowledge"),
  }),
  AlarmNote.extend({
    /** What is done. */
    kind: z.literal("unacknowledge"),
  }),
  AlarmNote.extend({
    /** What is done. */
    kind: z.literal("resolve"),
  }),
  AlarmSnooze.extend({
    /** What is done. */
    kind: z.literal("snooze"),
  }),
  AlarmAssignment.extend({
    /** What is done. */
    kind: z.literal("assign"),
  }),
  AlarmComment.extend({
    /** What is done. */
    kind: z.literal("comment"),
  }),
]);
export type AlarmAction = z.infer<typeof AlarmAction>;

/** Does the same to several alarms. */
export const AlarmBulk = z.strictObject({
  /** The alarms. */
  ids: z.array(Id).min(1).max(MAX_BULK_ALARMS),
  /** What is done to each of them. */
  action: AlarmAction,
});
export type AlarmBulk = z.infer<typeof AlarmBulk>;

/**
 * Why an alarm was not changed.
 * - not-found: there is no such alarm
 * - ended: it has ended
 * - not-acknowledged: its acknowledgement cannot be withdrawn, because it has none
 * - until-past: the given end is not in the future
 * - until-late: the given end is too far in the future
 * - timeline-full: its timeline takes no further events
 */
export const AlarmRefusal = z.enum([
  "not-found",
  "ended",
  "not-acknowledged",
  "until-past",
  "until-late",
  "timeline-full",
]);
export type AlarmRefusal = z.infer<typeof AlarmRefusal>;

/** What became of a request about several alarms. */
export const AlarmBulkResult = z.object({
  /** Alarms that were changed. */
  changed: z.array(Id),
  /** Alarms that were not. */
  refused: z.array(
    z.object({
      id: Id,
      /** The reason. */
      reason: AlarmRefusal,
      /** The same as a sentence, in English. */
      message: z.string(),
    }),
  ),
});
export type AlarmBulkResult = z.infer<typeof AlarmBulkResult>;
