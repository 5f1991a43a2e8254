import type { Kysely } from "kysely";
import type { Tables } from "../../../platform/database/tables.ts";
import { DIGEST_PERIOD_MS, planMessage, type RecentMessage } from "../outbox/plan-message.ts";
import { readRecentMessages, type Target } from "../outbox/outbox.repository.ts";
import { followUpStep, readStepTargets } from "./follow-up-step.ts";
import type { NoticePlan } from "./plan-notice.ts";

const MAX_STEPS = 8;
const MAX_AHEAD_MS = 24 * 3_600_000;

/** Messages that leave at `at`, in epoch milliseconds. */
export type PlannedStep = { at: number; kind: "first" | "reminder" | "escalation"; targets: Target[] };

type StepContext = {
  orgId: string;
  customerId: string | null;
  /** When the alarm is told first. */
  startsAt: number;
  now: number;
  canSendMail: boolean;
};

/**
 * Follows the plan of an event that nobody acknowledges: by the functions that choose the messages and the follow-ups of real alarms, without
 * storing anything. Ends after a day or eight steps; `goesOn` says whether reminders follow.
 */
export async function previewSteps(
  db: Kysely<Tables>,
  { policy, targets, followUp }: NoticePlan,
  context: StepContext,
): Promise<{ steps: PlannedStep[]; goesOn: boolean }> {
  const { orgId, customerId, startsAt, canSendMail } = context;
  const times = createMessageTimes(db, context, policy.definition.collectS * 1_000);
  const steps = await times.stepsOf("first", targets, startsAt);
  let state = followUp;
  for (let at = nextTime(state); at !== null; at = nextTime(state)) {
    if (steps.length >= MAX_STEPS || at > startsAt + MAX_AHEAD_MS) break;
    const { isDue, next } = followUpStep(state, policy, at);
    const told = await readStepTargets(db, { orgId, customerId }, { isDue, policy }, canSendMail);
    steps.push(...(await times.stepsOf("reminder", told.reminder, at)));
    steps.push(...(await times.stepsOf("escalation", told.escalation, at)));
    state = next;
  }
  return { steps: steps.toSorted((a, b) => a.at - b.at), goesOn: state.remind_at !== null };
}

function nextTime({ remind_at, escalate_at }: NoticePlan["followUp"]): number | null {
  const times = [remind_at, escalate_at].filter((at) => at !== null);
  return times.length === 0 ? null : Math.min(...times);
}

/** When each message leaves: messages that are planned here count for those that follow, as stored ones do. */
function createMessageTimes(db: Kysely<Tables>, { orgId, now }: StepContext, collectMs: number) {
  const planned = new Map<string, RecentMessage[]>();

  async function recentOf(target: Target, since: number): Promise<RecentMessage[]> {
    const key = `${target.channel_id} ${target.recipient}`;
    // What was sent before counts only for an alarm that opens now or later.
    const known =
      planned.get(key) ??
      (await readRecentMessages(db, orgId, target, Math.max(since, now - DIGEST_PERIOD_MS)));
    planned.set(key, known);
    return known.filter(({ planned_at }) => planned_at > since);
  }

  /** Null for an event that joins a message which is planned already. */
  async function timeOf(target: Target, at: number): Promise<number | null> {
    const recent = await recentOf(target, at - Math.max(collectMs, DIGEST_PERIOD_MS));
    const message = planMessage(recent, { now: at, collectMs, isUrgent: false });
    if ("join" in message) return null;
    planned.get(`${target.channel_id} ${target.recipient}`)?.push({
      id: `preview ${planned.size} ${message.plannedAt}`,
      state: message.plannedAt > at ? "waiting" : "sent",
      planned_at: message.plannedAt,
      is_collecting: message.isCollecting ? 1 : 0,
      is_urgent: 0,
      attempts: 0,
    });
    return message.plannedAt;
  }

  return {
    async stepsOf(kind: PlannedStep["kind"], targets: readonly Target[], at: number): Promise<PlannedStep[]> {
      const timed: { at: number; target: Target }[] = [];
      for (const target of targets) {
        const time = await timeOf(target, at);
        if (time !== null) timed.push({ at: time, target });
      }
      const byTime = Map.groupBy(timed, (message) => message.at);
      return [...byTime].map(([time, messages]) => ({
        at: time,
        kind,
        targets: messages.map(({ target }) => target),
      }));
    },
  };
}
