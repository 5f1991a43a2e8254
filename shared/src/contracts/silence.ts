import { z } from "zod";
import { Id } from "../ids.ts";
import { Alarm, AlarmSeverity } from "./alarm.ts";
import { GROUP_SCOPES } from "./device-scope.ts";
import { AnyInstant, filledLines, Instant, line } from "./text.ts";

/** Silences of one organization that have not ended. */
export const MAX_SILENCES = 200;
/** Days that a silence may last. */
export const MAX_SILENCE_DAYS = 90;
/** Alarms of each silence that are listed; the others are counted. */
export const LISTED_MATCHES = 5;

/** What the alarms of a silence are about. */
export const SilenceScope = z.discriminatedUnion("kind", [
  ...GROUP_SCOPES,
  z.strictObject({
    /** One device. */
    kind: z.literal("device"),
    deviceId: Id,
  }),
]);
export type SilenceScope = z.infer<typeof SilenceScope>;

/** Which alarms a silence is for: those that fit all of it. */
export const SilenceMatchers = z.strictObject({
  /** What they are about. Alarms without a device have no tag and no class. */
  scope: SilenceScope.default({ kind: "organization" }),
  /** Alarms of one of these types; empty for all types. */
  types: z.array(line(40)).max(40).default([]),
  /** Alarms with one of these severities; empty for all severities. */
  severities: z.array(AlarmSeverity).max(3).default([]),
  /** Alarms of this rule; null for all. */
  ruleId: Id.nullable().default(null),
  /** This alarm alone, also when it opens again; null for all. */
  alarmId: Id.nullable().default(null),
});
export type SilenceMatchers = z.infer<typeof SilenceMatchers>;

/** The alarms that a silence matches at the moment. */
export const SilenceMatches = z.object({
  /** How many open alarms it matches. */
  count: z.int(),
  /** The worst ones, 5 at most. */
  first: z.array(Alarm),
});
export type SilenceMatches = z.infer<typeof SilenceMatches>;

/** A time in which nobody is told of the alarms that match. They are evaluated and recorded all the same. */
export const Silence = z.object({
  id: Id,
  /** Which alarms it is for. */
  matchers: SilenceMatchers.required(),
  /** Name of the customer or device of the scope; null for other scopes, and for what was deleted. */
  scopeName: z.string().nullable(),
  /** Name of the rule; null without one, and for a rule that was deleted. */
  ruleName: z.string().nullable(),
  /** Title of the alarm; null without one, and for an alarm that was deleted. */
  alarmTitle: z.string().nullable(),
  /** Why nobody is to be told. */
  comment: z.string(),
  /** Name of who created it. */
  author: z.string(),
  /** True when its author was limited to customers: it matches alarms about those customers only. */
  isLimited: z.boolean(),
  /** Whether it begins later, is in force, or has ended. */
  state: z.enum(["planned", "active", "ended"]),
  /** When it begins. */
  startsAt: Instant,
  /** When it ends at the latest. */
  endsAt: Instant,
  /** Whether it ends early when it has matched no open alarm for one hour. */
  endsWhenIdle: z.boolean(),
  /** When it ended; null before. */
  endedAt: Instant.nullable(),
  /** Why it ended: its time was over, somebody ended it, or it matched nothing for an hour. Null before its end. */
  endReason: z.enum(["time", "early", "idle"]).nullable(),
  /** Name of who ended it; null when nobody did. */
  endedBy: z.string().nullable(),
  /** What it matches now, or would match; nothing after its end. */
  matches: SilenceMatches,
  /** Since when it has matched no open alarm; null while it matches one, and before its start. */
  idleSince: Instant.nullable(),
  /** True for one that is in force and has matched no open alarm for an hour. */
  isStale: z.boolean(),
  /** False when it reaches beyond the customers that the caller is limited to: then the caller cannot change it. */
  canChange: z.boolean(),
  /** Version of the silence, which increases with every change. Send it as `If-Match` to change only this version. */
  version: z.int(),
  /** When it was created. */
  createdAt: Instant,
  /** When it was last changed. */
  updatedAt: Instant,
  /** Name of who changed it last; null when it is not known. */
  updatedBy: z.string().nullable(),
});
export type Silence = z.infer<typeof Silence>;

/** Which silences to list. */
export const SilencesQuery = z.strictObject({
  /** Silences that have not ended, those that have, or all. */
  state: z.enum(["current", "ended", "all"]).default("current"),
  /** Only silences in force that match this open alarm. */
  alarmId: Id.optional(),
});
export type SilencesQuery = z.infer<typeof SilencesQuery>;

/** Silences that the caller reaches, the newest first, 500 at most. */
export const Silences = z.object({
  /** The silences. */
  items: z.array(Silence),
});
export type Silences = z.infer<typeof Silences>;

const input = {
  /** Why nobody is to be told. */
  comment: filledLines(2_000),
  /** When it ends, 90 days after its start at most. */
  endsAt: AnyInstant,
  /** Whether it ends early when it has matched no open alarm for one hour. */
  endsWhenIdle: z.boolean(),
};

/** A silence to create. */
export const NewSilence = SilenceMatchers.extend({
  ...input,
  /** When it begins; null for now. */
  startsAt: AnyInstant.nullable().default(null),
  /** Whether it ends early when it has matched no open alarm for one hour. */
  endsWhenIdle: input.endsWhenIdle.default(false),
});
export type NewSilence = z.infer<typeof NewSilence>;

/** A field that is left out stays as it is. What a silence matches never changes: end it and create another one. */
export const SilenceChange = z.strictObject(input).partial();
export type SilenceChange = z.infer<typeof SilenceChange>;
