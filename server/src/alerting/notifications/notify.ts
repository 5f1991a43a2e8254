import type { Transaction } from "kysely";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { AlarmNotice } from "./notice.ts";
import type { PlanDelivery } from "./outbox/plan-delivery.ts";
import { withoutFailing } from "./policies/without-failing.ts";
import { withoutTold } from "./outbox/told-targets.ts";
import { createPlanEnd } from "./outbox/plan-end.ts";
import { deleteFollowUp, writeFollowUp } from "./policies/follow-up.repository.ts";
import type { PlanNotice } from "./policies/plan-notice.ts";

/** Plans who is told of an event of an alarm, in the transaction of the event. `isComplete` is false for what is told to somebody later. */
export type Notify = (tx: Transaction<Tables>, notice: AlarmNotice) => Promise<{ isComplete: boolean }>;

const COMPLETE = { isComplete: true };

export function createNotify(deps: {
  now: () => number;
  makeId: MakeId;
  planDelivery: PlanDelivery;
  planNotice: PlanNotice;
}): Notify {
  const { planDelivery } = deps;
  const planEnd = createPlanEnd(deps);

  async function planByPolicy(tx: Transaction<Tables>, notice: AlarmNotice) {
    const { orgId, alarmId, eventNumber, at, inhibitedBy = [], knownFrom = null } = notice;
    const isInhibited = inhibitedBy.length > 0;
    const plan = await deps.planNotice(tx, notice);
    if (plan === null) return { isComplete: !isInhibited };
    const { policy, followUp } = plan;
    const reachable = withoutFailing(notice.alarm, plan.targets);
    const collectMs = policy.definition.collectS * 1000;
    const uninhibited = await withoutTold(tx, reachable, { orgId, alarmIds: inhibitedBy });
    const alarmIds = knownFrom === null ? [] : [alarmId];
    const targets = await withoutTold(tx, uninhibited, { orgId, alarmIds, from: knownFrom ?? 0 });
    for (const target of targets)
      await planDelivery(tx, { notice, target, repetition: 0, collectMs, isUrgent: false });
    const result = {
      isComplete: !isInhibited || (targets.length > 0 && targets.length === reachable.length),
    };
    // Where some knew of it before, what follows for them goes on.
    if (isInhibited ? targets.length === 0 : targets.length < uninhibited.length) return result;
    await writeFollowUp(tx, {
      alarm_id: alarmId,
      org_id: orgId,
      event_number: eventNumber,
      opened_at: at,
      policy_id: policy.id,
      ...followUp,
    });
    return result;
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
        await planEnd(tx, notice);
        return COMPLETE;
      case "commented":
      case "assigned":
        // Part of the timeline; nobody is woken for it.
        return COMPLETE;
    }
  };
}
