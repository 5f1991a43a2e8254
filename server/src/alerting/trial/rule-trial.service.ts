import type { AlarmRuleTrialRequest } from "@muster/shared/contracts/alarm-rule-trial.ts";
import type { AlarmRuleScope } from "@muster/shared/contracts/alarm-rule.ts";
import type { FindDeviceTargets } from "../../fleet/index.ts";
import type { CustomerDirectory } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Store } from "../../platform/database/store.ts";
import type { EncodedJson } from "../../platform/http/encoded-json.ts";
import { createFairQueue } from "../../platform/read-threads/fair-queue.ts";
import type { Reads } from "../../platform/read-threads/reads.ts";
import { readRules } from "../rules/alarm-rule.repository.ts";
import { assertCustomer, assertDevice, assertView, requireRule } from "../rules/rule-checks.ts";
import { newRuleRow } from "../rules/rule-row.ts";
import type { RuleSets } from "../rules/rule-sets.ts";
import { ruleTrialRead } from "./rule-trial.read.ts";

const SPAN_MS = 14 * 86_400_000;
/** Trials at the same time on this server; of one organization, one runs and one waits. */
const SLOTS = 2;

export type RuleTrials = {
  /**
   * What a draft would have done in the last 14 days. Throws `bad-request` as the creation of a rule does, `not-found` for a rule to
   * replace that there is not, and `rate-limited` while the organization has another trial waiting.
   */
  run(orgId: string, request: AlarmRuleTrialRequest, signal: AbortSignal): Promise<EncodedJson>;
};

export function createRuleTrials(deps: {
  store: Store;
  reads: Reads;
  clock: Clock;
  makeId: MakeId;
  customers: Pick<CustomerDirectory, "require">;
  findTargets: FindDeviceTargets;
  ruleSets: Pick<RuleSets, "ensureDefaults">;
}): RuleTrials {
  const { store, reads, clock, makeId, ruleSets } = deps;
  const queue = createFairQueue({ slots: SLOTS, maxRunningPerOwner: 1, maxWaitingPerOwner: 1 });

  async function assertScope(orgId: string, scope: AlarmRuleScope): Promise<void> {
    await assertDevice(orgId, scope, deps.findTargets);
    await store.transaction(async (tx) => {
      await assertCustomer(tx, orgId, scope, deps.customers);
      await assertView(tx, orgId, scope);
    });
  }

  return {
    async run(orgId, { rule, replaces }, signal) {
      await ruleSets.ensureDefaults(orgId);
      await assertScope(orgId, rule.scope);
      const position =
        replaces === null
          ? (await readRules(store.read, orgId)).length + 1
          : (await requireRule(store.read, orgId, replaces)).position;
      const to = clock.now();
      const draft = newRuleRow(rule, { id: makeId(), orgId, position, createdAt: to });
      const input = { orgId, draft, replaces, from: to - SPAN_MS, to };
      return queue.run(orgId, signal, () => reads.run(ruleTrialRead, input, { orgId, signal }));
    },
  };
}
