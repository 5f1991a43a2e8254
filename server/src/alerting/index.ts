import type { Transaction } from "kysely";
import { findMember } from "../identity/index.ts";
import type { Tables } from "../platform/database/tables.ts";
import type { Route } from "../platform/http/route.ts";
import type { Job } from "../platform/jobs/job.ts";
import type { Tenant } from "../platform/tenant.ts";
import { filterAlarmIds, moveAlarms } from "./alarms/alarm.repository.ts";
import { type AlarmPartsDeps, createAlarmParts } from "./alarms/create-alarms.ts";

export type AlertingDeps = Omit<AlarmPartsDeps, "findAssignee">;

export type Alerting = {
  routes: Route[];
  jobs: Job[];
  /** Which of these alarms the tenant reaches. */
  filterAlarmIds(tenant: Tenant, alarmIds: readonly string[]): Promise<string[]>;
  /** Gives what is about a customer to another one, before the first one is deleted. */
  moveCustomer(tx: Transaction<Tables>, orgId: string, from: string, into: string): Promise<void>;
};

/** Alarms: what is wrong, who is told, and what they do about it. */
export function createAlerting(deps: AlertingDeps): Alerting {
  const parts = createAlarmParts({ ...deps, findAssignee: findMember });
  return {
    routes: parts.routes,
    jobs: parts.jobs,
    filterAlarmIds: (tenant, alarmIds) => filterAlarmIds(deps.store.read, tenant, alarmIds),
    moveCustomer: moveAlarms,
  };
}
