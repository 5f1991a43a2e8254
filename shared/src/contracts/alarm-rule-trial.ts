import { z } from "zod";
import { Id } from "../ids.ts";
import { AlarmSeverity } from "./alarm.ts";
import { NewAlarmRule } from "./alarm-rule.ts";
import { Resolution } from "./history.ts";
import { INSTANCE_KINDS } from "./metric-table.ts";
import { Instant } from "./text.ts";

/** A draft of a rule, to be tried on recorded history. */
export const AlarmRuleTrialRequest = z.strictObject({
  /** The draft. */
  rule: NewAlarmRule,
  /** The rule that the draft changes: the trial leaves it out, and gives the draft its place in the order. Null for a new rule. */
  replaces: Id.nullable().default(null),
});
export type AlarmRuleTrialRequest = z.infer<typeof AlarmRuleTrialRequest>;

/** An alarm that the draft would have opened. */
export const TriedAlarm = z.object({
  /** The device that it would have been about. */
  device: z.object({
    id: Id,
    /** Name of the device. */
    name: z.string(),
  }),
  /** Mount point or interface; null when it is about the whole device. */
  instance: z.string().nullable(),
  /** The worst severity that it would have had. */
  severity: AlarmSeverity,
  /** When it would have opened. */
  from: Instant,
  /** When it would have ended; null when it would still be open. */
  to: Instant.nullable(),
  /** How long it would have been open, in seconds. */
  durationS: z.int(),
  /** The worst value while it was open; null for a rule that compares no values. */
  peak: z.number().nullable(),
});
export type TriedAlarm = z.infer<typeof TriedAlarm>;

/** Why devices were not tried. */
export const UntriedReason = z.enum(["no-history", "too-many", "no-time"]);
export type UntriedReason = z.infer<typeof UntriedReason>;

/** A rule with the same type and metric, and the devices for which it or the draft applies. */
const RivalRule = z.object({
  id: Id,
  /** Name of the rule. */
  name: z.string(),
  /** Number of devices. */
  devices: z.int(),
});

/** What a draft would have done in the last 14 days. Times without reports count neither as violation nor as clear. */
export const AlarmRuleTrial = z.object({
  from: Instant,
  to: Instant,
  /**
   * What the trial is based on: recorded values, recorded outages, or null when nothing is recorded that says whether the condition
   * held.
   */
  basis: z.enum(["values", "outages"]).nullable(),
  /** Resolutions of the values that were used, the finest one first: samples where they are kept, otherwise averages. */
  resolutions: z.array(Resolution),
  /** Alarms that it would have opened. */
  alarms: z.int(),
  /** Devices on which it would have opened them. */
  devices: z.int(),
  /** Devices that were tried. */
  triedDevices: z.int(),
  /** Opened alarms by day in UTC, oldest first. */
  days: z.array(
    z.object({
      /** The day in UTC. */
      day: z.string(),
      /** Number of alarms. */
      alarms: z.int(),
    }),
  ),
  /** The alarms that would have lasted longest. */
  longest: z.array(TriedAlarm),
  /** The newest alarms. */
  newest: z.array(TriedAlarm),
  /** Rules that apply in place of the draft. */
  overriddenBy: z.array(RivalRule),
  /** Rules in place of which the draft would apply. */
  overrides: z.array(RivalRule),
  /** Devices of the scope that were not tried, by reason. */
  untried: z.array(
    z.object({
      reason: UntriedReason,
      /** Number of devices. */
      devices: z.int(),
    }),
  ),
});
export type AlarmRuleTrial = z.infer<typeof AlarmRuleTrial>;

/** What names are of. */
export const AlarmInstanceQuery = z.object({
  /** File systems or network interfaces. */
  kind: z.enum(INSTANCE_KINDS),
});
export type AlarmInstanceQuery = z.infer<typeof AlarmInstanceQuery>;

/** Names of file systems or network interfaces in the organization. */
export const AlarmInstances = z.object({
  /** The most frequent names first. */
  items: z.array(
    z.object({
      /** Mount point or name of the interface. */
      name: z.string(),
      /** Number of devices that have it. */
      devices: z.int(),
    }),
  ),
});
export type AlarmInstances = z.infer<typeof AlarmInstances>;
