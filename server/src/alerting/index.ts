import type { Transaction } from "kysely";
import { findDeviceTraits, findMaintenanceEnd, type ReportWatch } from "../fleet/index.ts";
import { findMember, type Organizations, readMemberNames } from "../identity/index.ts";
import type { Tables } from "../platform/database/tables.ts";
import type { Route } from "../platform/http/route.ts";
import type { Job } from "../platform/jobs/job.ts";
import type { Reads } from "../platform/read-threads/reads.ts";
import type { Tenant } from "../platform/tenant.ts";
import { filterAlarmIds, moveAlarms } from "./alarms/alarm.repository.ts";
import { type AlarmPartsDeps, createAlarmParts } from "./alarms/create-alarms.ts";
import { describeAlarm } from "./alarms/describe-alarm.ts";
import { createRuleParts, type RuleParts, type RulePartsDeps } from "./create-rule-parts.ts";
import { createChannelFailingJob } from "./channel-failing/channel-failing.job.ts";
import { createHelpParts, type HelpParts } from "./help-requests/index.ts";
import { createNotifications, moveNotifications, type NotificationsDeps } from "./notifications/index.ts";
import { createSilenceParts, moveSilences } from "./silences/index.ts";
import { createWatchParts, type FindActionOutcomes } from "./watches/index.ts";
import { createStatusParts, moveStatusPage, type StatusParts } from "./status-page/index.ts";

export { deletePushSubscriptionsOfUser } from "./notifications/index.ts";
export { findCustomerUses } from "./find-customer-uses.ts";
export { dropUnfinishedNotifications } from "./notifications/index.ts";

export type AlertingDeps = Omit<RulePartsDeps, "effects"> &
  Omit<
    AlarmPartsDeps,
    "findAssignee" | "readAssignees" | "findRules" | "notify" | "audit" | "customers" | "findTargets"
  > &
  Omit<
    NotificationsDeps,
    | "audit"
    | "findDevice"
    | "findMaintenanceEnd"
    | "findAlarm"
    | "findCustomers"
    | "findRules"
    | "describeAlarm"
    | "acknowledge"
    | "isMuted"
  > & {
    reads: Reads;
    findActionOutcomes: FindActionOutcomes;
    identity: { organizations: Pick<Organizations, "get"> };
  };

export type Alerting = {
  routes: Route[];
  jobs: Job[];
  /** Compares the reports that `fleet` stores with the rules. */
  watch: ReportWatch;
  /** Which of these alarms the tenant reaches. */
  filterAlarmIds(tenant: Tenant, alarmIds: readonly string[]): Promise<string[]>;
  /** Gives what is about a customer to another one, before the first one is deleted. */
  moveCustomer(tx: Transaction<Tables>, orgId: string, from: string, into: string): Promise<void>;
  /** Puts the rules of a pack in place of the default ones of an organization that is set up. */
  replaceDefaultRules: RuleParts["replaceDefaults"];
  viewUses: RuleParts["viewUses"];
  /** When something that a device reads of IT changed last; from memory. */
  supportChangedAt: HelpParts["supportChangedAt"];
  /** What visitors read of all enabled status pages. */
  readPublicStatuses: StatusParts["readAll"];
  /** Reads the rules of all organizations. To be called before the first report. */
  load(): Promise<void>;
  /** Ends what runs in the background. */
  stop(): Promise<void>;
};

/** Rules that open alarms, the alarms, and how people are told of them. */
export function createAlerting(deps: AlertingDeps): Alerting {
  const { audit, customers } = deps.identity;
  const { findTargets } = deps.fleet;
  const notifications = createNotifications({
    ...deps,
    audit,
    findDevice: findDeviceTraits,
    findMaintenanceEnd,
    findCustomers: (tx, orgId, ids) => customers.namesOf(tx, orgId, ids),
    findRules: (tx, orgId, ids) => rules.findRules(tx, orgId, ids),
    findAlarm: (db, orgId, alarmId) => alarms.findAlarm(db, orgId, alarmId),
    describeAlarm,
    isMuted: (db, orgId, alarmId) => alarms.isMuted(db, orgId, alarmId),
    acknowledge: (tenant, alarmId, by, more) => alarms.acknowledge(tenant, alarmId, by, more),
  });
  const alarms = createAlarmParts({
    ...deps,
    audit,
    customers,
    findTargets,
    findAssignee: findMember,
    readAssignees: readMemberNames,
    findRules: (tx, orgId, ruleIds) => rules.findRules(tx, orgId, ruleIds),
    notify: notifications.notify,
  });
  const rules = createRuleParts({ ...deps, effects: alarms });
  const { organizations } = deps.identity;
  const statusPage = createStatusParts({ ...deps, audit, customers, findTargets, organizations });
  const { apply, change, publish, systemAlarms } = alarms;
  const { planNote, isReachable } = notifications;
  const watches = createWatchParts({ ...deps, findTargets, describeAlarm, planNote, isReachable });
  const silences = createSilenceParts({ ...deps, audit, customers, hints: { publish }, planNote });
  const help = createHelpParts({
    ...deps,
    audit,
    findTargets,
    apply,
    change,
    publish,
    findContact: async (orgId) => (await organizations.get(orgId)).supportContact,
  });
  return {
    routes: [
      ...rules.routes,
      ...alarms.routes,
      ...notifications.routes,
      ...statusPage.routes,
      ...help.routes,
      ...silences.routes,
      ...watches.routes,
    ],
    replaceDefaultRules: rules.replaceDefaults,
    viewUses: rules.viewUses,
    supportChangedAt: help.supportChangedAt,
    readPublicStatuses: statusPage.readAll,
    jobs: [
      ...rules.jobs,
      ...alarms.jobs,
      ...notifications.jobs,
      ...help.jobs,
      ...silences.jobs,
      ...watches.jobs,
      createChannelFailingJob({ ...deps, systemAlarms }),
    ],
    watch: rules.watch,
    filterAlarmIds: (tenant, alarmIds) => filterAlarmIds(deps.store.read, tenant, alarmIds),
    async moveCustomer(tx, orgId, from, into) {
      await moveAlarms(tx, orgId, from, into);
      await rules.moveCustomer(tx, orgId, from, into);
      await moveSilences(tx, orgId, from, into);
      await moveNotifications(tx, orgId, from, into);
      await moveStatusPage(tx, orgId, from, into);
    },
    load: () => rules.load(),
    stop: () => notifications.stop(),
  };
}
