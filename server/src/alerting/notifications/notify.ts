import type { Transaction } from "kysely";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { AlarmNotice } from "./notice.ts";
import type { PlanDelivery } from "./outbox/plan-delivery.ts";
import { createPlanEnd } from "./outbox/plan-end.ts";
import { deleteFollowUp, writeFollowUp } from "./policies/follow-up.repository.ts";
import type { PlanNotice } from "./policies/plan-notice.ts";

/** Plans who is told of an event of an alarm, in the transaction of the event. */
export type Notify = (tx: Transaction<Tables>, notice: AlarmNotice) => Promise<void>;

export function createNotify(deps: {
  now: () => number;
  makeId: MakeId;
  planDelivery: PlanDelivery;
  planNotice: PlanNotice;
}): Notify {
  const { planDelivery } = deps;
  const planEnd = createPlanEnd(deps);

  async function planByPolicy(tx: Transaction<Tables>, notice: AlarmNotice): Promise<void> {
    const { orgId, alarmId, eventNumber, at } = notice;
    const plan = await deps.planNotice(tx, notice);
    if (plan === null) return;
    const { policy, targets, followUp } = plan;
    const collectMs = policy.definition.collectS * 1000;
    for (const target of targets)
      await planDelivery(tx, { notice, target, repetition: 0, collectMs, isUrgent: false });
    await writeFollowUp(tx, {
      alarm_id: alarmId,
      org_id: orgId,
      event_number: eventNumber,
      opened_at: at,
      policy_id: policy.id,
      ...followUp,
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
