import { z } from "zod";
import { Id } from "../ids.ts";
import { PageQuery, pageOf } from "./page.ts";
import { separated } from "./separated.ts";
import { AnyInstant, Instant } from "./text.ts";

/** Everything that is audited, as subject.verb. A new one needs its sentence in `i18n/<language>/audit.messages.ts`. */
export const AUDIT_ACTIONS = [
  "action.batch-cancelled",
  "action.cancelled",
  "action.queued",
  "agent.build-requested",
  "agent.built",
  "agent.placed",
  "alarm-rule.changed",
  "alarm-rule.created",
  "alarm-rule.deleted",
  "alarm-rule.ordered",
  "alarm.acknowledged",
  "alarm.answered",
  "alarm.assigned",
  "alarm.commented",
  "alarm.reported",
  "alarm.resolved",
  "alarm.snoozed",
  "alarm.unacknowledged",
  "api-key.created",
  "api-key.limited",
  "api-key.revoked",
  "channel.changed",
  "channel.created",
  "channel.removed",
  "channel.secret-rotated",
  "compat-key.signed-in",
  "customer.archived",
  "customer.changed",
  "customer.created",
  "customer.merged",
  "customer.removed",
  "customer.restored",
  "delivery.replayed",
  "device.appeared",
  "device.approved",
  "device.archived",
  "device.bulk-edited",
  "device.bulk-undone",
  "device.changed",
  "device.clone-decided",
  "device.clone-suspected",
  "device.enrolled",
  "device.enrolled-again",
  "device.left",
  "device.mount-excluded",
  "device.mount-included",
  "device.purged",
  "device.restored",
  "enrolment-token.created",
  "enrolment-token.revoked",
  "maintenance-window.changed",
  "maintenance-window.created",
  "maintenance-window.ended",
  "maintenance-window.removed",
  "notification-policy.changed",
  "notification-policy.created",
  "notification-policy.removed",
  "notification-policy.reordered",
  "organization.changed",
  "organization.created",
  "organization.set-up",
  "push-subscription.created",
  "push-subscription.removed",
  "retention.confirmed",
  "saved-view.changed",
  "saved-view.removed",
  "saved-view.shared",
  "saved-view.unshared",
  "server.restored",
  "silence.changed",
  "silence.created",
  "silence.ended",
  "status-incident.opened",
  "status-incident.removed",
  "status-incident.updated",
  "status-page.address-renewed",
  "status-page.changed",
  "user.changed",
  "user.created",
  "user.invitation-accepted",
  "user.invitation-declined",
  "user.password-changed",
  "user.removed",
  "user.server-admin-granted",
  "user.server-admin-revoked",
  "user.session-ended",
  "user.sign-in-throttled",
  "user.signed-in",
  "user.signed-out",
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** One entry of the audit log. Entries are never changed or deleted. */
export const AuditEntry = z.object({
  id: Id,
  at: Instant,
  /** The actor. */
  actor: z.object({
    /** Kind of the actor. */
    type: z.enum(["user", "api-key", "compat-key", "device", "command-line", "system"]),
    /** Id of the user, key or device; null for the command line and the system. */
    id: z.string().nullable(),
    /** Name of the actor at that time. */
    name: z.string(),
  }),
  /** The event, as subject.verb: "device.archived", "api-key.created". */
  action: z.string(),
  /** The object of the event. */
  subject: z.object({
    /** Kind of the subject. */
    type: z.string(),
    /** Id of the subject. */
    id: z.string(),
    /** Name of the subject at that time. */
    name: z.string(),
  }),
  /** Details of the event, without secrets. `changes` has the value of each changed field before (`from`) and after (`to`). */
  details: z.record(z.string(), z.unknown()),
  /** Id of the request that caused the event; null when there was none. */
  requestId: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditQuery = PageQuery.extend({
  /** Entries with this text in names, events or details. Upper and lower case are the same. */
  search: z.string().trim().max(200).optional(),
  /** Entries with one of these actions. */
  action: separated(z.array(z.enum(AUDIT_ACTIONS)).max(AUDIT_ACTIONS.length)).optional(),
  /** Entries of this actor: the id of a user, key or device. */
  actorId: Id.optional(),
  /** Entries about this device and actions on it. */
  deviceId: Id.optional(),
  /** Entries of this time or later. */
  since: AnyInstant.optional(),
  /** Entries before this time. */
  until: AnyInstant.optional(),
});
export type AuditQuery = z.infer<typeof AuditQuery>;
/** A page of the audit log. */
export const AuditPage = pageOf(AuditEntry);
