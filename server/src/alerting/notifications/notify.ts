import type { Transaction } from "kysely";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { AlarmNotice, FindPolicyDevice } from "./notice.ts";
import type { PlanDelivery } from "./outbox/plan-delivery.ts";
import { createPlanEnd } from "./outbox/plan-end.ts";
import { choosePolicy, type Policy } from "./policies/choose-policy.ts";
import { deleteFollowUp, writeFollowUp } from "./policies/follow-up.repository.ts";
import { readPolicies } from "./policies/policy.repository.ts";
import { toPolicy } from "./policies/policy-row.ts";
import { readTargets } from "./policies/policy-targets.ts";

const MINUTE_MS = 60_000;

/** Plans who is told of an event of an alarm, in the transaction of the event. */
export type Notify = (tx: Transaction<Tables>, notice: AlarmNotice) => Promise<void>;

export function createNotify(deps: {
  now: () => number;
  makeId: MakeId;
  planDelivery: PlanDelivery;
  findDevice: FindPolicyDevice;
  canSendMail: boolean;
}): Notify {
  const { planDelivery, canSendMail } = deps;
  const planEnd = createPlanEnd(deps);

  async function planByPolicy(tx: Transaction<Tables>, notice: AlarmNotice): Promise<void> {
    const { orgId, alarmId, eventNumber, at, alarm } = notice;
    const policy = await findPolicyFor(deps.findDevice, tx, notice);
    if (policy === null) return;
    const { recipients, collectS, remindEveryMin, escalateAfterMin } = policy.definition;
    const targets = await readTargets(tx, { orgId, customerId: alarm.customer_id }, recipients, canSendMail);
    for (const target of targets)
      await planDelivery(tx, { notice, target, repetition: 0, collectMs: collectS * 1000, isUrgent: false });
    await writeFollowUp(tx, {
      alarm_id: alarmId,
      org_id: orgId,
      event_number: eventNumber,
      repetition: 0,
      opened_at: at,
      policy_id: policy.id,
      remind_at: remindEveryMin === null ? null : at + remindEveryMin * MINUTE_MS,
      escalate_at: escalateAfterMin === null ? null : at + escalateAfterMin * MINUTE_MS,
    });
  }

  return async (tx, notice) => {
    switch (notice.kind) {
      case "opened":
      case "reopened":
      case "escalated":
      case "unstable":
      case "reminder":
        return planByPolicy(tx, notice);
      case "acknowledged":
      case "ended":
        await deleteFollowUp(tx, notice.orgId, notice.alarmId);
        return planEnd(tx, notice);
      case "commented":
      case "assigned":
        // Part of the timeline; nobody is woken for it.
        return;
    }
  };
}

/** The policy that decides about an alarm. The device is read only where a policy asks for it. */
async function findPolicyFor(
  findDevice: FindPolicyDevice,
  tx: Transaction<Tables>,
  { orgId, at, alarm }: AlarmNotice,
): Promise<Policy | null> {
  const policies = (await readPolicies(tx, orgId)).map(toPolicy);
  const asksForDevice = policies.some(
    ({ definition: { match } }) => match.tags.length + match.classes.length > 0,
  );
  const device =
    asksForDevice && alarm.device_id !== null ? await findDevice(tx, orgId, alarm.device_id) : undefined;
  const { severity, customer_id, rule_id } = alarm;
  return choosePolicy(
    policies,
    { severity, customerId: customer_id, ruleId: rule_id, device: device ?? null },
    at,
  );
}
