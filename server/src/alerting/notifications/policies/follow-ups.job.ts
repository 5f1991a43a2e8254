import type { Job } from "../../../platform/jobs/job.ts";
import type { Logger } from "../../../platform/logging/logger.ts";
import type { Store } from "../../../platform/database/store.ts";
import type { FindAlarm, IsMuted, NoticeAlarm } from "../notice.ts";
import type { FollowUpRow } from "../notifications.tables.ts";
import { withoutTold } from "../outbox/told-targets.ts";
import type { PlanDelivery } from "../outbox/plan-delivery.ts";
import { DEFAULT_POLICY } from "./choose-policy.ts";
import { followUpStep, readStepTargets } from "./follow-up-step.ts";
import { advanceFollowUp, deleteFollowUp } from "./follow-up.repository.ts";
import { readDueFollowUps } from "./follow-up.system-repository.ts";
import { findPolicy } from "./policy.repository.ts";
import { toPolicy } from "./policy-row.ts";
import { withoutFailing } from "./without-failing.ts";

const EVERY_MS = 10_000;
const PER_READ = 200;

type Deps = {
  store: Store;
  now: () => number;
  log: Logger;
  findAlarm: FindAlarm;
  planDelivery: PlanDelivery;
  isMuted: IsMuted;
  canSendMail: boolean;
};

/** Reminds of alarms that nobody has acknowledged, and tells further recipients of them. */
export function createFollowUpsJob(deps: Deps): Job {
  const { store, now, log } = deps;
  return {
    name: "notification-follow-ups",
    everyMs: EVERY_MS,
    async run(signal) {
      for (let after = ""; ; ) {
        const due = await readDueFollowUps(store.read, now(), { after, limit: PER_READ });
        for (const row of due) {
          if (signal.aborted) return;
          try {
            await followUp(deps, row);
          } catch (error) {
            // The others are told all the same.
            log.error({ err: error, alarmId: row.alarm_id }, "A reminder of an alarm could not be planned.");
          }
        }
        after = due.at(-1)?.alarm_id ?? "";
        if (due.length < PER_READ) return;
      }
    },
  };
}

async function followUp(deps: Deps, row: FollowUpRow) {
  const { store, now, findAlarm, planDelivery, canSendMail } = deps;
  const at = now();
  await store.transaction(async (tx) => {
    const alarm = await findAlarm(tx, row.org_id, row.alarm_id);
    const policy =
      row.policy_id === null
        ? DEFAULT_POLICY
        : await findPolicy(tx, row.org_id, row.policy_id).then((found) => found && toPolicy(found));
    const { isDue, next } = followUpStep(row, policy, at);
    if (!alarm) return deleteFollowUp(tx, row.org_id, row.alarm_id);
    if (!(await advanceFollowUp(tx, row, next))) return;
    if (!policy?.isEnabled || !needsSomebody(alarm, at)) return;
    if (await deps.isMuted(tx, row.org_id, row.alarm_id)) return;
    const { collectS } = policy.definition;
    const about = { orgId: row.org_id, customerId: alarm.customer_id };
    const { reminder, escalation } = await readStepTargets(tx, about, { isDue, policy }, canSendMail);
    const notice = {
      orgId: row.org_id,
      alarmId: row.alarm_id,
      eventNumber: row.event_number,
      byUserId: null,
      kind: "reminder" as const,
      at,
      alarm,
    };
    // Of an alarm that is muted for some, the others are reminded.
    const unaware =
      alarm.is_muted === 1
        ? await withoutTold(tx, reminder, { orgId: row.org_id, alarmIds: [alarm.id] })
        : [];
    const reminded = reminder.filter((target) => !unaware.includes(target));
    for (const target of withoutFailing(alarm, [...reminded, ...escalation])) {
      const { repetition } = next;
      await planDelivery(tx, { notice, target, repetition, collectMs: collectS * 1000, isUrgent: false });
    }
  });
}

function needsSomebody({ ended_at, acknowledged_at, snoozed_until }: NoticeAlarm, at: number): boolean {
  return ended_at === null && acknowledged_at === null && (snoozed_until === null || snoozed_until <= at);
}
