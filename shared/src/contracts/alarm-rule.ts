import { z } from "zod";
import { ActiveHours } from "../alarms/active-hours.ts";
import { AlarmType } from "../alarms/catalog.ts";
import { Id } from "../ids.ts";
import { AlarmRulePackId } from "./alarm-rule-pack.ts";
import { EditInfo } from "./edit-info.ts";
import { DEVICE_SCOPE, GROUP_SCOPES } from "./device-scope.ts";
import { Instant, name } from "./text.ts";

/** Rules that one organization may have. */
export const MAX_ALARM_RULES = 200;

/** The devices that a rule is about. Of the rules of one type and metric, the most specific one applies to a device. */
export const AlarmRuleScope = z.discriminatedUnion("kind", [
  ...GROUP_SCOPES,
  z.strictObject({
    /** The devices of a shared view whose filters say what a device is. */
    kind: z.literal("view"),
    /** Id of the view. */
    viewId: Id,
  }),
  DEVICE_SCOPE,
]);
export type AlarmRuleScope = z.infer<typeof AlarmRuleScope>;

const RuleName = name(120);

/** What members decide about a rule. */
export const AlarmRuleFields = z.strictObject({
  /** Name of the rule, as its alarms show it. */
  name: RuleName,
  /** Settings of the rule; they depend on `type`. */
  settings: z.record(z.string(), z.unknown()),
  scope: AlarmRuleScope,
  /** Whether the rule is evaluated. */
  isEnabled: z.boolean(),
  /** When it may open alarms; null for always. */
  activeHours: ActiveHours.nullable(),
  /** After an alarm has ended, no other one opens for this time, in seconds. */
  cooldownS: z.number().int().min(0).max(86_400),
});
const { shape: fields } = AlarmRuleFields;

/** A rule that opens alarms. */
export const AlarmRule = z.object({
  id: Id,
  /** Type of the rule. */
  type: AlarmType,
  ...AlarmRuleFields.shape,
  /** Whether the rule stays silent about a violation that is older than the rule, until it has ended once. */
  ignoresExisting: z.boolean(),
  /** The rules are ordered by it. Of rules that are equally specific, the first one applies. */
  position: z.number().int().min(1),
  createdAt: Instant,
  ...EditInfo.shape,
});
export type AlarmRule = z.infer<typeof AlarmRule>;

/** A rule as a list shows it. */
export const ListedAlarmRule = AlarmRule.extend({
  /** Name of the customer or device of the scope; null for other scopes, and for a customer or device that was deleted. */
  scopeName: z.string().nullable(),
  /** How many alarms it has open. */
  openAlarms: z.int(),
  /** The earlier rule of the same type, metric and scope because of which it never applies; null when it does, and for one that is off. */
  shadowedBy: z
    .object({
      /** Id of that rule. */
      id: Id,
      /** Its name. */
      name: z.string(),
    })
    .nullable(),
});
export type ListedAlarmRule = z.infer<typeof ListedAlarmRule>;

/** Rules of the organization, in their order. */
export const AlarmRules = z.object({
  /** The rules. */
  items: z.array(ListedAlarmRule),
});
export type AlarmRules = z.infer<typeof AlarmRules>;

/** A rule to create. `settings` must match the schema of `type`. */
export const NewAlarmRule = z.strictObject({
  ...AlarmRuleFields.shape,
  /** Type of the rule. */
  type: AlarmType,
  /** Settings of the rule; they depend on `type`. */
  settings: fields.settings.default({}),
  /** The devices that the rule is about. */
  scope: AlarmRuleScope.default({ kind: "organization" }),
  /** Whether the rule is evaluated. */
  isEnabled: fields.isEnabled.default(true),
  /** When it may open alarms; null for always. */
  activeHours: fields.activeHours.default(null),
  /** After an alarm has ended, no other one opens for this time, in seconds. */
  cooldownS: fields.cooldownS.default(0),
  /** Stays silent about what violates the rule already, until it has ended once. */
  ignoresExisting: z.boolean().default(false),
});
export type NewAlarmRule = z.infer<typeof NewAlarmRule>;

/** A field that is left out stays as it is. `settings` are replaced as a whole; the type cannot be changed. */
export const AlarmRuleChange = AlarmRuleFields.partial();
export type AlarmRuleChange = z.infer<typeof AlarmRuleChange>;

/** The order of all rules. */
export const AlarmRuleOrder = z.strictObject({
  /** Ids of all rules, each once. */
  ids: z.array(Id).max(MAX_ALARM_RULES),
});
export type AlarmRuleOrder = z.infer<typeof AlarmRuleOrder>;

/** The rules that apply to a device. */
export const EffectiveAlarmRules = z.object({
  /** The rules in their order. */
  items: z.array(
    z.object({
      rule: AlarmRule,
      /**
       * What the rule finds on the device now: nothing, a condition that has not held long enough yet, or the worst severity that
       * holds.
       */
      state: z.enum(["normal", "pending", "info", "warning", "critical"]),
      /** Rules of the same type and metric that would apply without this one, most specific first. */
      overrides: z.array(
        z.object({
          id: Id,
          /** Name of the rule. */
          name: z.string(),
          scope: AlarmRuleScope,
        }),
      ),
    }),
  ),
});
export type EffectiveAlarmRules = z.infer<typeof EffectiveAlarmRules>;

/** The sets of rules that come with Muster. */
export const AlarmRulePacks = z.object({
  /** The sets. */
  items: z.array(
    z.object({
      /** Name of the set, for programs. */
      id: AlarmRulePackId,
      /** Its rules. */
      rules: z.array(NewAlarmRule),
    }),
  ),
});
export type AlarmRulePacks = z.infer<typeof AlarmRulePacks>;

/** Adds the rules of a set to those of the organization. */
export const AddedAlarmRulePack = z.strictObject({
  /** Name of the set. */
  pack: AlarmRulePackId,
  /** Leaves out rules that the organization has for all devices already, with the same type and settings. */
  onlyMissing: z.boolean().default(false),
});
export type AddedAlarmRulePack = z.infer<typeof AddedAlarmRulePack>;
