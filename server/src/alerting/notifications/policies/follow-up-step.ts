import type { Kysely } from "kysely";
import type { Tables } from "../../../platform/database/tables.ts";
import type { FollowUpRow } from "../notifications.tables.ts";
import type { Target } from "../outbox/outbox.repository.ts";
import type { Policy } from "./choose-policy.ts";
import { readTargets } from "./policy-targets.ts";

const MINUTE_MS = 60_000;

export type FollowUp = Pick<FollowUpRow, "repetition" | "remind_at" | "escalate_at">;
export type FollowUpStep = { isDue: { reminder: boolean; escalation: boolean }; next: FollowUp };

/** What of a follow-up is due at `at`, and what comes next. */
export function followUpStep(
  { remind_at, escalate_at, repetition }: FollowUp,
  policy: Policy | undefined,
  at: number,
): FollowUpStep {
  const isDue = {
    reminder: remind_at !== null && remind_at <= at,
    escalation: escalate_at !== null && escalate_at <= at,
  };
  const everyMin = policy?.definition.remindEveryMin ?? null;
  const nextReminder = everyMin === null ? null : at + everyMin * MINUTE_MS;
  return {
    isDue,
    next: {
      repetition: repetition + 1,
      remind_at: isDue.reminder ? nextReminder : remind_at,
      escalate_at: isDue.escalation ? null : escalate_at,
    },
  };
}

/** Who is told by a step that is due. */
export async function readStepTargets(
  db: Kysely<Tables>,
  about: { orgId: string; customerId: string | null },
  { isDue, policy }: Pick<FollowUpStep, "isDue"> & { policy: Policy },
  canSendMail: boolean,
): Promise<{ reminder: Target[]; escalation: Target[] }> {
  const { recipients, escalateTo } = policy.definition;
  return {
    reminder: isDue.reminder ? await readTargets(db, about, recipients, canSendMail) : [],
    escalation: isDue.escalation ? await readTargets(db, about, escalateTo, canSendMail) : [],
  };
}
