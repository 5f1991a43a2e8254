import type { Kysely } from "kysely";
import type { Tables } from "../../../platform/database/tables.ts";
import type { AlarmNotice, FindPolicyDevice } from "../notice.ts";
import type { FollowUpRow } from "../notifications.tables.ts";
import type { Target } from "../outbox/outbox.repository.ts";
import { choosePolicy, type Policy, type PolicySubject } from "./choose-policy.ts";
import { readPolicies } from "./policy.repository.ts";
import { toPolicy } from "./policy-row.ts";
import { readTargets } from "./policy-targets.ts";

const MINUTE_MS = 60_000;

/** What policies look at of an event: when it happens, and the alarm. */
export type PlannedNotice = Pick<AlarmNotice, "orgId" | "at"> & {
  alarm: Pick<AlarmNotice["alarm"], "severity" | "customer_id" | "rule_id" | "device_id">;
};

/** Who is told of an event first, and when somebody is reminded or told next. */
export type NoticePlan = {
  policy: Policy;
  targets: Target[];
  followUp: Pick<FollowUpRow, "repetition" | "remind_at" | "escalate_at">;
};

/** Decides by the policies who is told of an event; null for nobody. Nothing is stored. */
export type PlanNotice = (db: Kysely<Tables>, notice: PlannedNotice) => Promise<NoticePlan | null>;

export function createPlanNotice(deps: { findDevice: FindPolicyDevice; canSendMail: boolean }): PlanNotice {
  const policiesOf = createPoliciesOf();
  return async (db, notice) => {
    const { orgId, at, alarm } = notice;
    const policies = await policiesOf(db, orgId);
    const subject = await readSubject(deps.findDevice, db, notice, policies);
    const policy = choosePolicy(policies, subject, at);
    if (policy === null) return null;
    const { recipients, remindEveryMin, escalateAfterMin } = policy.definition;
    const about = { orgId, customerId: alarm.customer_id };
    return {
      policy,
      targets: await readTargets(db, about, recipients, deps.canSendMail),
      followUp: {
        repetition: 0,
        remind_at: remindEveryMin === null ? null : at + remindEveryMin * MINUTE_MS,
        escalate_at: escalateAfterMin === null ? null : at + escalateAfterMin * MINUTE_MS,
      },
    };
  };
}

/** Reads the policies once for a transaction, which may open many alarms. No transaction that changes policies plans notices. */
function createPoliciesOf(): (db: Kysely<Tables>, orgId: string) => Promise<readonly Policy[]> {
  const known = new WeakMap<Kysely<Tables>, Map<string, Promise<Policy[]>>>();
  const read = async (db: Kysely<Tables>, orgId: string) => (await readPolicies(db, orgId)).map(toPolicy);
  return (db, orgId) => {
    if (!db.isTransaction) return read(db, orgId);
    const ofTransaction = known.get(db) ?? new Map<string, Promise<Policy[]>>();
    known.set(db, ofTransaction);
    const policies = ofTransaction.get(orgId) ?? read(db, orgId);
    ofTransaction.set(orgId, policies);
    return policies;
  };
}

/** The device is read only where a policy asks for it. */
export async function readSubject(
  findDevice: FindPolicyDevice,
  db: Kysely<Tables>,
  { orgId, alarm }: PlannedNotice,
  policies: readonly Policy[],
): Promise<PolicySubject> {
  const asksForDevice = policies.some(
    ({ definition: { match } }) => match.tags.length + match.classes.length > 0,
  );
  const device =
    asksForDevice && alarm.device_id !== null ? await findDevice(db, orgId, alarm.device_id) : undefined;
  const { severity, customer_id, rule_id } = alarm;
  return { severity, customerId: customer_id, ruleId: rule_id, device: device ?? null };
}
