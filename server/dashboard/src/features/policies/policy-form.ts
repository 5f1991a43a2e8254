import type { ActiveHours } from "@muster/shared/alarms/active-hours.ts";
import type { CustomerRef } from "@muster/shared/contracts/customer.ts";
import type {
  NotificationPolicy,
  PolicyDefinition,
  PolicyRecipients,
} from "@muster/shared/contracts/notification-policy.ts";

/** What the form of a policy holds, named as the fields of the request. Spans are texts; "0" stands for never. */
export type PolicyForm = {
  name: string;
  isEnabled: boolean;
  match: Omit<PolicyDefinition["match"], "customerIds"> & { customers: CustomerRef[] };
  recipients: PolicyRecipients;
  activeHours: ActiveHours | null;
  collectS: string;
  remindEveryMin: string;
  escalateAfterMin: string;
  escalateTo: PolicyRecipients;
};

const NOBODY: PolicyRecipients = { roles: [], userIds: [], channelIds: [] };

export const NEW_POLICY: PolicyForm = {
  name: "",
  isEnabled: true,
  match: { severities: [], customers: [], tags: [], classes: [], ruleIds: [] },
  recipients: { ...NOBODY, roles: ["owner", "admin"] },
  activeHours: null,
  collectS: "60",
  remindEveryMin: "0",
  escalateAfterMin: "0",
  escalateTo: NOBODY,
};

/** `names` has the names of customers. */
export function formOfPolicy(
  policy: NotificationPolicy,
  names: Readonly<Record<string, string>>,
): PolicyForm {
  const { name, isEnabled, match, recipients, activeHours, escalateTo } = policy;
  const { customerIds, ...others } = match;
  return {
    name,
    isEnabled,
    match: { ...others, customers: customerIds.map((id) => ({ id, name: names[id] ?? id })) },
    recipients,
    activeHours,
    collectS: String(policy.collectS),
    remindEveryMin: String(policy.remindEveryMin ?? 0),
    escalateAfterMin: String(policy.escalateAfterMin ?? 0),
    escalateTo,
  };
}

/** The body of a request that creates or changes a policy. */
export function policyToSend({ match, collectS, remindEveryMin, escalateAfterMin, ...form }: PolicyForm) {
  const { customers, ...others } = match;
  return {
    ...form,
    match: { ...others, customerIds: customers.map(({ id }) => id) },
    collectS: Number(collectS),
    remindEveryMin: Number(remindEveryMin) || null,
    escalateAfterMin: Number(escalateAfterMin) || null,
  };
}
