import type { Kysely, Transaction } from "kysely";
import type { FindDeviceTargets } from "../../fleet/index.ts";
import type { Audit, CustomerDirectory } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Store } from "../../platform/database/store.ts";
import type { EventBus } from "../../platform/events/event-bus.ts";
import type { Route } from "../../platform/http/route.ts";
import type { Job } from "../../platform/jobs/job.ts";
import type { RetentionClock } from "../../platform/jobs/retention-clock.ts";
import type { Reads } from "../../platform/read-threads/reads.ts";
import { type Tenant, wholeOrganization } from "../../platform/tenant.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { Notify } from "../alarm-notice.ts";
import type { AlarmRow } from "./alarms.tables.ts";
import { createAlarmRoutes } from "./alarm.routes.ts";
import {
  countOpenAlarmsByRule,
  findAlarm,
  type FollowedDevice,
  updateAlarmsOfDevice,
} from "./alarm.repository.ts";
import { type ActsBy, createAlarms, type FindAssignee, type ReadAssignees } from "./alarm.service.ts";
import { deviceIdsOf, readCausesOf } from "./alarm-reads.ts";
import { createAlarmHints } from "./alarm-hints.ts";
import { createAlarmRetentionJob, createAlarmsJob } from "./alarms.job.ts";
import { type ApplyReports, createApplyReports } from "./apply-reports.ts";
import { type ApplyTransitions, createApplyTransitions, type FindRules } from "./apply-transitions.ts";
import { type ChangeAlarm, createChangeAlarm } from "./change-alarm.ts";
import { createEndAlarms, type EndAlarms } from "./end-alarms.ts";
import { createOutageAlarms } from "./outage-alarms.ts";
import { createSystemAlarms, type SystemAlarms } from "./system-alarms.ts";
import { createPendingAlarms } from "./pending-alarms.ts";
import { createReportAlarms } from "./report-alarms.service.ts";
import { createReportAlarmsRoutes } from "./report-alarms.routes.ts";

export type AlarmPartsDeps = {
  store: Store;
  reads: Reads;
  clock: Clock;
  makeId: MakeId;
  events: EventBus;
  audit: Audit;
  customers: CustomerDirectory;
  retentionClock: Pick<RetentionClock, "advance">;
  findTargets: FindDeviceTargets;
  findAssignee: FindAssignee;
  readAssignees: ReadAssignees;
  findRules: FindRules;
  notify: Notify;
};

export type AlarmParts = EndAlarms & {
  routes: Route[];
  jobs: Job[];
  /** For the evaluation of rules. */
  applyTransitions: ApplyTransitions;
  /** Lets the open alarms of devices follow their customer and name. Call it for devices that changed, which are locked. */
  followDevices(tx: Transaction<Tables>, devices: readonly FollowedDevice[]): Promise<void>;
  /** For the list of rules: how many alarms of each one are open. */
  countOpenAlarms(db: Kysely<Tables>, orgId: string): Promise<ReadonlyMap<string, number>>;
  /** For messages: the alarm as it is now. */
  findAlarm(db: Kysely<Tables>, orgId: string, alarmId: string): Promise<AlarmRow | undefined>;
  /** For help requests: opens their alarms. */
  apply: ApplyReports;
  /** For help requests: changes their alarms. */
  change: ChangeAlarm;
  /** Publishes hints about alarms that a transaction of the caller has changed. */
  publish(orgId: string, alarmIds: readonly string[]): void;
  /** For what the server itself finds wrong. */
  systemAlarms: SystemAlarms;
  /** For reminders: whether something keeps the alarm quiet now, for everybody. */
  isMuted(db: Kysely<Tables>, orgId: string, alarmId: string): Promise<boolean>;
  /** For links in messages. Throws as `Alarms.act` does. */
  acknowledge(tenant: Tenant, alarmId: string, by: ActsBy, more: { note: string | null }): Promise<void>;
};

/** Alarms and their timelines: what rules, other programs and the server itself say, and what members do about it. */
export function createAlarmParts(deps: AlarmPartsDeps): AlarmParts {
  const { store, reads, clock } = deps;
  const hints = createAlarmHints(deps.events);
  const inTransactions = { ...deps, dialect: store.dialect, collectHints: hints.collect };
  const alarms = createAlarms({ ...deps, hints });
  const apply = createApplyReports(deps);
  const systemAlarms = createSystemAlarms({ ...deps, hints });
  return {
    // Reports come first, so that "alertmanager" and "bulk" are not taken for an id.
    routes: [
      ...createReportAlarmsRoutes({ report: createReportAlarms({ ...deps, apply, hints }) }),
      ...createAlarmRoutes({ alarms, reads, clock }),
    ],
    jobs: [
      hints.job,
      createAlarmsJob({
        pending: createPendingAlarms({ ...deps, hints }),
        outages: createOutageAlarms({ store, systemAlarms }),
      }),
      createAlarmRetentionJob(deps),
    ],
    applyTransitions: createApplyTransitions(inTransactions),
    ...createEndAlarms(inTransactions),
    async followDevices(tx, devices) {
      for (const device of devices) await updateAlarmsOfDevice(tx, device);
    },
    apply,
    change: createChangeAlarm(inTransactions),
    publish: hints.publish,
    systemAlarms,
    countOpenAlarms: countOpenAlarmsByRule,
    findAlarm: (db, orgId, alarmId) => findAlarm(db, wholeOrganization(orgId), alarmId),
    async isMuted(db, orgId, alarmId) {
      const tenant = wholeOrganization(orgId);
      const row = await findAlarm(db, tenant, alarmId);
      if (!row) return false;
      const muting = (await readCausesOf(db, tenant, deviceIdsOf([row]), clock.now())).causeOf(row);
      return muting !== null && muting.alarmIds === null;
    },
    async acknowledge(tenant, alarmId, by, { note }) {
      await alarms.act(tenant, alarmId, { kind: "acknowledge", ...(note !== null && { note }) }, by);
    },
  };
}
