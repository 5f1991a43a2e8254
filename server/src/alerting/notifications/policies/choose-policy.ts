import type { AlarmSeverity } from "@muster/shared/contracts/alarm.ts";
import { PolicyDefinition, type PolicyMatch } from "@muster/shared/contracts/notification-policy.ts";
import { createActiveHours } from "@muster/shared/alarms/active-hours.ts";

/** What policies look at. */
export type PolicySubject = {
  severity: AlarmSeverity;
  customerId: string | null;
  ruleId: string | null;
  /** Null for an alarm without a device. */
  device: { tags: readonly string[]; deviceClass: string } | null;
};

/** A policy with what it does; the default one has no id. */
export type Policy = { id: string | null; isEnabled: boolean; definition: PolicyDefinition };

/** In force while an organization has no policy: warnings and above by mail to owners and administrators. */
export const DEFAULT_POLICY: Policy = {
  id: null,
  isEnabled: true,
  definition: PolicyDefinition.parse({
    match: { severities: ["warning", "critical"] },
    recipients: { roles: ["owner", "admin"] },
  }),
};

/** The first policy that matches and is in force at `at`; null when nobody is to be told. */
export function choosePolicy(policies: readonly Policy[], subject: PolicySubject, at: number): Policy | null {
  return matchingPolicies(policies, subject).find((policy) => isInForce(policy, at)) ?? null;
}

/** The policies that match, in their order, in force or not. */
export function matchingPolicies(policies: readonly Policy[], subject: PolicySubject): Policy[] {
  const tried = policies.length === 0 ? [DEFAULT_POLICY] : policies;
  return tried.filter(({ definition }) => matches(definition.match, subject));
}

/** Whether a policy is enabled and active at `at`. */
export function isInForce({ isEnabled, definition: { activeHours } }: Policy, at: number): boolean {
  return isEnabled && (activeHours === null || createActiveHours(activeHours)(at));
}

function matches(match: PolicyMatch, { severity, customerId, ruleId, device }: PolicySubject): boolean {
  return (
    isOneOf(match.severities, severity) &&
    isOneOf(match.customerIds, customerId) &&
    isOneOf(match.ruleIds, ruleId) &&
    isOneOf(match.classes, device?.deviceClass ?? null) &&
    (match.tags.length === 0 || match.tags.some((tag) => device?.tags.includes(tag) === true))
  );
}

function isOneOf(wanted: readonly string[], value: string | null): boolean {
  return wanted.length === 0 || (value !== null && wanted.includes(value));
}
