import type { Transaction } from "kysely";
import type { Fleet, ReportWatch, ViewUses } from "../fleet/index.ts";
import type { Audit, CustomerDirectory, Organizations } from "../identity/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { MakeId } from "../platform/crypto/ids.ts";
import type { Store } from "../platform/database/store.ts";
import type { Tables } from "../platform/database/tables.ts";
import type { Route } from "../platform/http/route.ts";
import type { Job } from "../platform/jobs/job.ts";
import type { Reads } from "../platform/read-threads/reads.ts";
import type { Logger } from "../platform/logging/logger.ts";
import { createAlarmSignalsJob } from "./evaluation/alarm-signals.job.ts";
import { type AlarmEffects, createProcessSignals } from "./evaluation/process-signals.ts";
import { createRecheck, type ReadFailedActions } from "./evaluation/recheck.ts";
import { sweepAfterUpgrade } from "./evaluation/sweep-after-upgrade.ts";
import { createTransactionSize } from "./evaluation/transaction-size.ts";
import { createHistoryJobs } from "./forecast/history-rules.job.ts";
import { createReportWatch } from "./evaluation/report-watch.ts";
import {
  hasRulesForViews,
  lockRuleSet,
  moveRules,
  raiseRuleSet,
  readNamesOfView,
} from "./rules/alarm-rule.repository.ts";
import { createAlarmRuleRoutes } from "./rules/alarm-rule.routes.ts";
import { type AlarmRuleDeps, type AlarmRuleService, createAlarmRules } from "./rules/alarm-rule.service.ts";
import { createRuleSets, type RuleSets } from "./rules/rule-sets.ts";
import { startSweep } from "./rules/rule-sets.system-repository.ts";
import { createRuleTrialRoutes } from "./trial/rule-trial.routes.ts";
import { createRuleTrials } from "./trial/rule-trial.service.ts";

export type RulePartsDeps = {
  store: Store;
  reads: Reads;
  clock: Clock;
  makeId: MakeId;
  log: Logger;
  /** Of this server, which agents are compared with. */
  version: string;
  identity: { audit: Audit; customers: CustomerDirectory; organizations: Organizations };
  fleet: Pick<Fleet, "findTargets" | "observedMs">;
  /** Of the module of actions. */
  readFailedActions: ReadFailedActions;
  /** What opens and ends alarms. */
  effects: AlarmEffects & Pick<AlarmRuleDeps, "endAlarmsOfRule" | "countOpenAlarms">;
};

export type RuleParts = {
  routes: Route[];
  jobs: Job[];
  /** For alarms: rules by their ids, as they are now. */
  findRules: AlarmRuleService["findRules"];
  /** Gives the rules about a customer to another one, before the first one is deleted. */
  moveCustomer(tx: Transaction<Tables>, orgId: string, from: string, into: string): Promise<void>;
  replaceDefaults: RuleSets["replaceDefaults"];
  /** Which rules need a shared view, and that its devices are looked at again. */
  viewUses: ViewUses;
  /** Compares the reports that `fleet` stores with the rules. */
  watch: ReportWatch;
  /** Reads the rules of all organizations. To be called before the first report. */
  load(): Promise<void>;
};

/** Rules and their evaluation. */
export function createRuleParts(deps: RulePartsDeps): RuleParts {
  const { store, reads, clock, makeId, log, version, identity, fleet } = deps;
  const { findTargets, observedMs } = fleet;
  const { effects } = deps;
  const ruleSets = createRuleSets({ store, clock, makeId, organizations: identity.organizations });
  const recheck = createRecheck({
    clock,
    ruleSets,
    observedMs,
    serverVersion: version,
    readFailedActions: deps.readFailedActions,
  });
  const size = createTransactionSize(clock.monotonic);
  const process = createProcessSignals({ store, clock, recheck, effects, size });
  const { audit, customers } = identity;
  const { endAlarmsOfRule, countOpenAlarms } = effects;
  const rules = createAlarmRules({
    store,
    clock,
    makeId,
    audit,
    customers,
    findTargets,
    ruleSets,
    endAlarmsOfRule,
    countOpenAlarms,
  });
  const trials = createRuleTrials({ store, reads, clock, makeId, customers, findTargets, ruleSets });
  return {
    // First, so that "trial" is not taken for an id.
    routes: [...createRuleTrialRoutes({ trials, reads }), ...createAlarmRuleRoutes({ rules })],
    findRules: rules.findRules,
    jobs: [
      ruleSets.job,
      createAlarmSignalsJob({ store, clock, log, observedMs, recheck, process, effects, size }),
      ...createHistoryJobs({ store, reads, clock, observedMs, ruleSets, effects }),
    ],
    async moveCustomer(tx, orgId, from, into) {
      const moved = await moveRules(tx, orgId, from, into);
      // A view may filter by the customer.
      if (moved === 0 && !(await hasRulesForViews(tx, orgId))) return;
      await raiseRuleSet(tx, orgId);
      await startSweep(tx, orgId, clock.now());
    },
    replaceDefaults: ruleSets.replaceDefaults,
    viewUses: {
      async find(tx, orgId, viewId) {
        await lockRuleSet(tx, orgId);
        return readNamesOfView(tx, orgId, viewId);
      },
      async changed(tx, orgId) {
        await raiseRuleSet(tx, orgId);
        await startSweep(tx, orgId, clock.now());
      },
    },
    watch: createReportWatch({ ruleSets, log }),
    async load() {
      await ruleSets.load();
      await sweepAfterUpgrade({ store, clock, organizations: identity.organizations, version });
    },
  };
}
