import type { NewSilence } from "@muster/shared/contracts/silence.ts";
import type { Tenant } from "../../platform/tenant.ts";
import type { SilenceRow } from "./silences.tables.ts";

/** What a new silence names. */
export type SilenceSubject = {
  /** Key of its alarm; null without one. */
  alarmKey: string | null;
};

/** The row of a silence. What a limited member silences stays within the customers of that limit. */
export function newSilenceRow(
  tenant: Tenant,
  input: NewSilence,
  { subject, now, id, by }: { subject: SilenceSubject; now: number; id: string; by: string },
): SilenceRow {
  const { scope, types, severities, ruleId, alarmId, comment, startsAt, endsAt, endsWhenIdle } = input;
  const starts = startsAt === null ? now : Math.max(Date.parse(startsAt), now);
  return {
    id,
    org_id: tenant.orgId,
    scope: JSON.stringify(scope),
    customer_id: scope.kind === "customer" ? scope.customerId : null,
    types: JSON.stringify([...new Set(types)]),
    severities: JSON.stringify([...new Set(severities)]),
    rule_id: ruleId,
    alarm_id: alarmId,
    alarm_key: subject.alarmKey,
    limited_to: tenant.customerIds === null ? null : JSON.stringify(tenant.customerIds),
    comment,
    author: by,
    starts_at: starts,
    ends_at: Date.parse(endsAt),
    ends_when_idle: endsWhenIdle ? 1 : 0,
    idle_since: null,
    ended_at: null,
    end_reason: null,
    ended_by: null,
    released_to: null,
    closed_at: null,
    version: 1,
    created_at: now,
    updated_at: now,
    updated_by: by,
  };
}
