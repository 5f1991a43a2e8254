import { z } from "zod";
import { AlarmEndReason } from "../alarms/end-reasons.ts";
import { Id } from "../ids.ts";
import { PageQuery, pageOf } from "./page.ts";
import { separated } from "./separated.ts";
import { AnyInstant, Instant, line } from "./text.ts";

/** How bad an alarm is. */
export const AlarmSeverity = z.enum(["info", "warning", "critical"]);
export type AlarmSeverity = z.infer<typeof AlarmSeverity>;

/** Values of an alarm; which of them it has depends on its type. */
export const AlarmFacts = z.object({
  /** Measured value, in the unit of the metric. */
  value: z.number().optional(),
  /** Level that was crossed. */
  threshold: z.number().optional(),
  /** When the condition began to hold, in epoch milliseconds. */
  since: z.number().optional(),
  /** Violating reports since then, or the number of things that are concerned. */
  count: z.number().optional(),
  /** The metric, action or version that it is about, or the text of a reported alarm. */
  text: z.string().optional(),
  /** Id of the channel that fails; `mail` for the mails of the server to users. */
  channelId: z.string().optional(),
  /** What a forecast is based on, in bytes. */
  forecast: z
    .object({
      /** Free bytes when it was made. */
      free: z.number(),
      /** How many more bytes are used each day. */
      perDay: z.number(),
      /** Days of history that it is based on. */
      days: z.number(),
      /** Time of the newest value, in epoch milliseconds. */
      at: z.number(),
    })
    .optional(),
  /** What was usual at this time of the week, in the unit of the metric. */
  usual: z
    .object({
      /** Values from here on are not unusual. */
      low: z.number(),
      /** Values up to here are not unusual. */
      high: z.number(),
      /** The median. */
      middle: z.number(),
      /** How many averages of five minutes it is made of. */
      count: z.number(),
    })
    .optional(),
});
export type AlarmFacts = z.infer<typeof AlarmFacts>;

/** An alarm: something that is or was wrong, from a rule, from outside or from the server itself. */
export const Alarm = z.object({
  id: Id,
  /** Type: that of its rule, `reported` for one from outside, `outage`, `channel-failing` or `help-request`. */
  type: z.string(),
  severity: AlarmSeverity,
  /** Whether it is still open. */
  state: z.enum(["open", "ended"]),
  /** What is wrong in a few words, in English. */
  title: z.string(),
  /** The same as a sentence with its values, in English. */
  text: z.string(),
  /** The rule that opened it, as it was called then; null without one. */
  rule: z
    .object({
      id: Id,
      /** Name of the rule. */
      name: z.string(),
    })
    .nullable(),
  /** The device that it is about, as it was called then; null without one. */
  device: z
    .object({
      id: Id,
      /** Name of the device. */
      name: z.string(),
    })
    .nullable(),
  /** The customer that it is about; null without one. */
  customerId: Id.nullable(),
  /** Name of that customer; null without one. */
  customer: z.string().nullable(),
  /** Mount point, interface or service; null when it is about the whole device. */
  instance: z.string().nullable(),
  facts: AlarmFacts,
  openedAt: Instant,
  /** When the violation was last seen. */
  lastAt: Instant,
  endedAt: Instant.nullable(),
  /** Why it ended; null while it is open. */
  endReason: AlarmEndReason.nullable(),
  /** Name of the user who closed it; null for one that ended by itself. */
  endedBy: z.string().nullable(),
  /** How often it opened: more than once when the condition came back within ten minutes. */
  occurrences: z.int(),
  /** How often the violation was seen. */
  violations: z.int(),
  /** Whether the condition holds now. It may differ from `state` for an alarm that is unstable or was closed by hand. */
  isViolating: z.boolean(),
  /** Whether it changes so often that nobody is told of further changes until it is calm. */
  isUnstable: z.boolean(),
  /** Why nobody is told of it at the moment; null when nothing prevents it. */
  mutedBy: z.enum(["snooze", "maintenance", "silenced", "device-offline", "outage", "dependency"]).nullable(),
  /** With `dependency`: the device by which it is muted; null for any other cause, and for a device that the caller may not see. */
  mutingDevice: z
    .object({
      id: Id,
      /** Name of the device. */
      name: z.string(),
    })
    .nullable()
    .default(null),
  /** The tickets that channels opened for it in other systems. */
  tickets: z
    .array(
      z.object({
        /** Name of the channel. */
        channel: z.string(),
        /** What the other system calls the ticket. */
        key: z.string(),
        /** Page of the ticket; null when it is not known. */
        url: z.string().nullable(),
      }),
    )
    .default([]),
  /** Who is aware of it; null for nobody. */
  acknowledgement: z
    .object({
      at: Instant,
      /** Name of the user or key. */
      by: z.string(),
      /** When it counts as unacknowledged again; null for never. */
      until: Instant.nullable(),
    })
    .nullable(),
  snoozedUntil: Instant.nullable(),
  /** Who takes care of it; null for nobody. */
  assignee: z
    .object({
      id: Id,
      /** Name of the user. */
      name: z.string(),
    })
    .nullable(),
});
export type Alarm = z.infer<typeof Alarm>;

/**
 * What happened to an alarm.
 * - opened, reopened, ended
 * - escalated, eased: its severity rose or fell
 * - unstable, calmed: it began or stopped to change too often
 * - released: what kept it quiet is over, and it still holds
 * - acknowledged, unacknowledged, acknowledgement-ended, snoozed, snooze-ended, assigned, commented
 */
export const AlarmEventKind = z.enum([
  "opened",
  "reopened",
  "escalated",
  "eased",
  "unstable",
  "calmed",
  "ended",
  "released",
  "acknowledged",
  "unacknowledged",
  "acknowledgement-ended",
  "snoozed",
  "snooze-ended",
  "assigned",
  "commented",
]);
export type AlarmEventKind = z.infer<typeof AlarmEventKind>;

/** One event in the timeline of an alarm. */
export const AlarmEvent = z.object({
  /** Number of the event, from 1 on. */
  number: z.int(),
  at: Instant,
  kind: AlarmEventKind,
  /** Severity after the event. */
  severity: AlarmSeverity,
  /** Who did it; null for what happened by itself. */
  by: z
    .object({
      /** Kind of the actor. */
      type: z.enum(["user", "api-key", "compat-key", "device", "command-line", "system"]),
      /** Name of the actor. */
      name: z.string(),
    })
    .nullable(),
  /** What was written; null without a note. */
  note: z.string().nullable(),
  /** Until when it was acknowledged or snoozed; null without an end. */
  until: Instant.nullable(),
  /** Why it ended; null for other events. */
  reason: AlarmEndReason.nullable(),
  /** Name of the user whom it was assigned to; null for nobody. */
  assignee: z.string().nullable(),
  /** The measured value at that time; null when there was none. */
  value: z.number().nullable(),
});
export type AlarmEvent = z.infer<typeof AlarmEvent>;

/** An alarm with its timeline. */
export const AlarmDetail = Alarm.extend({
  /** The newest 500 events, oldest first. */
  timeline: z.array(AlarmEvent),
});
export type AlarmDetail = z.infer<typeof AlarmDetail>;

const yesOrNo = z.enum(["true", "false"]).transform((value) => value === "true");

/** Filters of alarms. */
export const AlarmFilter = z.object({
  /** Open alarms, ended ones, or all. */
  state: z.enum(["open", "ended", "all"]).default("open"),
  /** Alarms with one of these severities. */
  severity: separated(z.array(AlarmSeverity).max(3)).optional(),
  /** Alarms about one of these customers and their devices. */
  customerId: separated(z.array(Id).max(50)).optional(),
  /** Alarms about this device. */
  deviceId: Id.optional(),
  /** Alarms of this rule. */
  ruleId: Id.optional(),
  /** These alarms, 200 at most. */
  ids: separated(z.array(Id).min(1).max(200)).optional(),
  /** Alarms that opened at this time or later. */
  openedFrom: AnyInstant.optional(),
  /** Alarms that opened before this time. */
  openedTo: AnyInstant.optional(),
  /** Alarms of one of these types. */
  type: separated(z.array(line(40)).max(40)).optional(),
  /** Alarms assigned to this user, or `none` for those that nobody has. */
  assignee: Id.or(z.literal("none")).optional(),
  /** Alarms that are acknowledged, or those that are not. */
  acknowledged: yesOrNo.optional(),
  /** With `true` open alarms that are snoozed now, with `false` all others. */
  snoozed: yesOrNo.optional(),
  /** With `true` open alarms that change so often that they are unstable, with `false` all others. */
  unstable: yesOrNo.optional(),
  /** Alarms with this text in the names of device, rule or instance, or in the text of a reported alarm. */
  search: z.string().trim().max(200).optional(),
});
export type AlarmFilter = z.infer<typeof AlarmFilter>;

export const AlarmSort = z.enum(["severity", "opened", "ended"]);
export type AlarmSort = z.infer<typeof AlarmSort>;

export const AlarmListQuery = AlarmFilter.extend(PageQuery.shape).extend({
  /** Order of the list: by severity and then time, or by the time of the beginning or end. An order by end lists ended alarms only. */
  sort: AlarmSort.default("severity"),
  /** `desc` lists the worst or newest first. */
  order: z.enum(["asc", "desc"]).default("desc"),
});
export type AlarmListQuery = z.infer<typeof AlarmListQuery>;
/** A page of alarms. */
export const AlarmPage = pageOf(Alarm);
export type AlarmPage = z.infer<typeof AlarmPage>;

/** How many alarms fit a filter. */
export const AlarmSummary = z.object({
  /** All of them. */
  total: z.int(),
  /** By severity. */
  info: z.int(),
  /** By severity. */
  warning: z.int(),
  /** By severity. */
  critical: z.int(),
  /** Those that somebody has acknowledged. */
  acknowledged: z.int(),
  /** Those that are snoozed now. */
  snoozed: z.int(),
  /** Those that are unstable. */
  unstable: z.int(),
});
export type AlarmSummary = z.infer<typeof AlarmSummary>;
