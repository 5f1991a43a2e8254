import { z } from "zod";
import { ActiveHours } from "../alarms/active-hours.ts";
import { Id } from "../ids.ts";
import { AlarmSeverity } from "./alarm.ts";
import { EditInfo } from "./edit-info.ts";
import { Role } from "./identity.ts";
import { DeviceClass } from "./inventory.ts";
import { name, Tag } from "./text.ts";

/** Notification policies that one organization may have. */
export const MAX_POLICIES = 200;

const MAX_ALTERNATIVES = 100;
const ids = z.array(Id).max(MAX_ALTERNATIVES);

/** Which alarms a policy is for. The values of one field are alternatives, and an empty field matches every alarm. */
export const PolicyMatch = z.strictObject({
  /** Severities of the alarm. */
  severities: z.array(AlarmSeverity).max(3).default([]),
  /** Ids of customers. */
  customerIds: ids.default([]),
  /** Tags of the device. */
  tags: z.array(Tag).max(MAX_ALTERNATIVES).default([]),
  /** Classes of the device. */
  classes: z.array(DeviceClass).max(20).default([]),
  /** Ids of alarm rules. */
  ruleIds: ids.default([]),
});
export type PolicyMatch = z.infer<typeof PolicyMatch>;

/** Who is told. Users get a mail; members with a customer limit only about those customers. */
export const PolicyRecipients = z.strictObject({
  /** Every member with one of these roles. */
  roles: z.array(Role).max(4).default([]),
  /** Ids of users. */
  userIds: ids.default([]),
  /** Ids of channels. */
  channelIds: ids.default([]),
});
export type PolicyRecipients = z.infer<typeof PolicyRecipients>;

/** What a policy does. */
export const PolicyDefinition = z.strictObject({
  match: PolicyMatch.prefault({}),
  recipients: PolicyRecipients.prefault({}),
  /** Outside these hours the policy is skipped; null for always active. */
  activeHours: ActiveHours.nullable().default(null),
  /** Seconds for which further alarms are collected after a first message; 0 sends each at once. */
  collectS: z.number().int().min(0).max(3_600).default(60),
  /** Minutes after which an alarm that nobody has acknowledged is told again; null for never. */
  remindEveryMin: z.number().int().min(5).max(10_080).nullable().default(null),
  /** Minutes without an acknowledgement after which further recipients are told; null for never. */
  escalateAfterMin: z.number().int().min(1).max(10_080).nullable().default(null),
  /** The further recipients. */
  escalateTo: PolicyRecipients.prefault({}),
});
export type PolicyDefinition = z.infer<typeof PolicyDefinition>;

/** A notification policy. The first one that matches an alarm decides who is told. */
export const NotificationPolicy = z.object({
  id: Id,
  /** Name of the policy. */
  name: z.string(),
  /** False skips the policy. */
  isEnabled: z.boolean(),
  ...PolicyDefinition.shape,
  ...EditInfo.shape,
});
export type NotificationPolicy = z.infer<typeof NotificationPolicy>;

/** The policies in their order. */
export const NotificationPolicies = z.object({
  /** All policies, the first to be tried first. */
  items: z.array(NotificationPolicy),
  /** True while there is no policy: then owners and administrators get mails about warnings and critical alarms. */
  usesDefault: z.boolean(),
  /** Names of the customers, rules, users and channels that the policies name, by their ids; what does not exist any more has none. */
  names: z.record(z.string(), z.string()),
});
export type NotificationPolicies = z.infer<typeof NotificationPolicies>;

const PolicyName = name(80);

/** A policy to create. It becomes the last one. */
export const NewNotificationPolicy = z.strictObject({
  /** Name of the policy. */
  name: PolicyName,
  /** False for a policy that is skipped. */
  isEnabled: z.boolean().default(true),
  ...PolicyDefinition.shape,
});
export type NewNotificationPolicy = z.infer<typeof NewNotificationPolicy>;

/** A field that is left out stays as it is. */
export const NotificationPolicyChange = z
  .strictObject({
    /** Name of the policy. */
    name: PolicyName,
    /** False skips the policy. */
    isEnabled: z.boolean(),
    match: PolicyMatch,
    recipients: PolicyRecipients,
    /** Outside these hours the policy is skipped; null for always active. */
    activeHours: ActiveHours.nullable(),
    /** Seconds for which further alarms are collected after a first message; 0 sends each at once. */
    collectS: z.number().int().min(0).max(3_600),
    /** Minutes after which an alarm that nobody has acknowledged is told again; null for never. */
    remindEveryMin: z.number().int().min(5).max(10_080).nullable(),
    /** Minutes without an acknowledgement after which further recipients are told; null for never. */
    escalateAfterMin: z.number().int().min(1).max(10_080).nullable(),
    /** The further recipients. */
    escalateTo: PolicyRecipients,
  })
  .partial();
export type NotificationPolicyChange = z.infer<typeof NotificationPolicyChange>;

/** The order of all policies. */
export const PolicyOrder = z.strictObject({
  /** The ids of all policies, the first to be tried first. */
  ids: z.array(Id).max(MAX_POLICIES),
});
export type PolicyOrder = z.infer<typeof PolicyOrder>;
