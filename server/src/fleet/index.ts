import type {
  Audit,
  CustomerDirectory,
  CustomerReferences,
  DeviceCredentials,
  Enrolment,
  Organizations,
  Signatures,
} from "../identity/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { MakeId } from "../platform/crypto/ids.ts";
import type { Store } from "../platform/database/store.ts";
import type { EventBus } from "../platform/events/event-bus.ts";
import type { Route } from "../platform/http/route.ts";
import type { Job } from "../platform/jobs/job.ts";
import type { RetentionClock } from "../platform/jobs/retention-clock.ts";
import type { Logger } from "../platform/logging/logger.ts";
import type { Reads } from "../platform/read-threads/reads.ts";
import { createAvailabilityJob } from "./availability/availability.job.ts";
import { createAvailabilityRoutes } from "./availability/availability.routes.ts";
import { createDeviceRoutes } from "./devices/device.routes.ts";
import { createDevices } from "./devices/device.service.ts";
import { createFindDeviceTargets, type FindDeviceTargets } from "./devices/device-targets.ts";
import { createDeviceArchiving } from "./devices/device-archiving.ts";
import { createChangeDevice } from "./devices/device-change.ts";
import { createDeviceMountRoutes } from "./devices/device-mounts.routes.ts";
import { createDeviceMounts } from "./devices/device-mounts.service.ts";
import { createDeviceLifecycleRoutes } from "./devices/device-lifecycle.routes.ts";
import { createWriteDeviceChanges } from "./devices/write-device-changes.ts";
import { createDeviceLifecycle } from "./devices/device-lifecycle.service.ts";
import { createMatchDevices, type ResolveDevices } from "./devices/resolve-devices.ts";
import { createEditParts } from "./edits/create-device-edits.ts";
import { createEnrolmentRoutes } from "./enrolment/enrolment.routes.ts";
import { createDeviceEnrolment } from "./enrolment/enrolment.service.ts";
import { createHistory } from "./history/create-history.ts";
import { createInstanceNumbers } from "./history/instance-numbers.service.ts";
import type { HistoryRetention } from "./history/retention.service.ts";
import { createHistoryRoutes } from "./history.routes.ts";
import { createCloneAudit } from "./ingest/clone-audit.ts";
import { createEpochChanges } from "./ingest/epoch-change.ts";
import { createIngestRepository } from "./ingest/create-ingest-repository.ts";
import { createIngest, type IngestObserver, type ReportAnswerPart } from "./ingest/ingest.service.ts";
import { createNumberingNonces } from "./ingest/numbering-nonce.ts";
import { createReportRoutes } from "./ingest/report.routes.ts";
import { createReportRates } from "./ingest/report-rates.ts";
import { createLegacyDevices, type LegacyDevices } from "./legacy/legacy-device.service.ts";
import { createOrganizationSettings } from "./organization-settings.ts";
import { createPresenceJob } from "./presence/presence.job.ts";
import { createPresenceClockRow } from "./presence/presence-clock.system-repository.ts";
import { createCloneDetectionJob } from "./presence/clone-detection.job.ts";
import { createPresenceClockJob, startPresenceClock } from "./presence/presence-clock.ts";
import { createFleetStream, type FilterActionIds, type FilterAlarmIds } from "./stream/fleet-stream.ts";
import { createStreamRoutes } from "./stream/stream.routes.ts";
import { createFleetSummaries } from "./summary/fleet-summary.service.ts";
import { createCustomerRoutes } from "./customers/customer.routes.ts";
import { createCustomers, type FindCustomerUses } from "./customers/customer.service.ts";
import { createMergeCustomers, type MoveCustomer } from "./customers/customer-merge.service.ts";
import { type ReportWatch, watchNothing } from "./watch/report-watch.ts";
import { createApplyWindows } from "./maintenance/apply-windows.ts";
import { createMaintenanceWindowRoutes } from "./maintenance/maintenance-window.routes.ts";
import { createMaintenanceWindows } from "./maintenance/maintenance-window.service.ts";
import { createMaintenanceWindowsJob } from "./maintenance/maintenance-windows.job.ts";
import { createViewRoutes } from "./views/view.routes.ts";
import { createViews, type ViewUses } from "./views/view.service.ts";

export { readDowntimes, readGaps } from "./availability/availability.repository.ts";
export { createCustomerDirectory } from "./customers/customer-directory.ts";
export { readCustomerNames } from "./customers/customer.repository.ts";
export type { ViewUses } from "./views/view.service.ts";
export { readSharedViews } from "./views/view.repository.ts";
export { type Customers, createCustomers } from "./customers/customer.service.ts";
export { createMergeCustomers, type MergeCustomers } from "./customers/customer-merge.service.ts";
export { findMaintenanceEnd } from "./maintenance/maintenance-end.ts";
export { findDeviceTraits, readDeviceNames, readDeviceTraits } from "./devices/device-traits.repository.ts";
export { rangeOf as availabilityRangeOf } from "./availability/availability-range.ts";
export { fleetAvailabilityRead } from "./availability/fleet-availability.ts";
export { filterOfScope } from "./group-status/group-scope.ts";
export { countDevicesOfScope, groupStatusRead, type GroupStatuses } from "./group-status/group-status.ts";
export { findHistoryDevices } from "./history-devices.repository.ts";
export { type Averages, type HistoryBatches, openHistoryBatches } from "./history/history-batches.ts";
export { readFileSystems, readInstanceNames, readInstances } from "./history/instances.repository.ts";
export { openPastValues, type PastValues } from "./history/past-values.ts";
export { columnOf as instanceColumn } from "./history/scaled-value.ts";
export { isDeviceOfTenant } from "./devices/device-selection.repository.ts";
export type { ResolveDevices } from "./devices/resolve-devices.ts";
export { type Dependencies, readDependencies } from "./devices/dependency.repository.ts";
export { nameOf as deviceNameOf } from "./devices/device-row.ts";
export { readDevicesInMaintenance } from "./devices/device-target.repository.ts";
export { readDevicesInOutage } from "./presence/outage.repository.ts";
export { type Outage, readOutages } from "./presence/presence.system-repository.ts";
export type { DeviceTarget, FindDeviceTargets } from "./devices/device-targets.ts";
export type { LegacyDevice, LegacyDevices } from "./legacy/legacy-device.service.ts";
export type { LegacyReport } from "./legacy/legacy-machine.ts";
export type { ReportAnswerPart } from "./ingest/ingest.service.ts";
export {
  deleteSignals,
  type DeviceSignal,
  readSignals,
  signalChange,
} from "./watch/device-signals.repository.ts";
export {
  findWatchedDevice,
  readDeviceNosAfter,
  readWatchedDevices,
  type WatchedDevice,
  writeWatchState,
} from "./watch/watched-device.repository.ts";
export type { ReportWatch, WatchedReport } from "./watch/report-watch.ts";

export type FleetDeps = {
  store: Store;
  reads: Reads;
  clock: Clock;
  makeId: MakeId;
  log: Logger;
  events: EventBus;
  /** Of this process: different for each server of one database. */
  serverId: string;
  identity: {
    audit: Audit;
    customers: CustomerDirectory;
    customerReferences: CustomerReferences;
    credentials: DeviceCredentials;
    enrolment: Enrolment;
    organizations: Organizations;
    signatures: Signatures;
  };
  /** A key derived from the master key, for the nonces of numberings. */
  numberingKey: Buffer;
  retention: HistoryRetention;
  retentionClock: Pick<RetentionClock, "advance">;
  /** What other modules add to the answer of a report. */
  answerParts?: readonly ReportAnswerPart[];
  ingestObserver?: IngestObserver;
  /** What another module makes of the reports; nothing when absent. */
  watch?: ReportWatch;
  /** For pages of members who are limited to customers; all of them when absent. */
  filterActionIds?: FilterActionIds;
  /** Which of these alarms they reach; all of them when absent. */
  filterAlarmIds?: FilterAlarmIds;
  /** Gives what other modules store about a customer to another one. */
  moveCustomer?: MoveCustomer;
  /** For what else a customer is needed; nothing when absent. */
  findCustomerUses?: FindCustomerUses;
  /** What needs shared views; nothing when absent. */
  viewUses?: ViewUses;
};

export type Fleet = {
  routes: Route[];
  jobs: Job[];
  findTargets: FindDeviceTargets;
  resolveDevices: ResolveDevices;
  legacyDevices: LegacyDevices;
  /** The time during which at least one server of this database was running, in milliseconds. */
  observedMs(): number;
  /** Reports that wait to be stored. */
  waitingReports(): number;
  /** Resolves when all accepted reports are stored and no edit writes. Call it before the store closes. */
  drain(): Promise<void>;
};

/** Devices, their reports, presence and history. */
export async function createFleet(deps: FleetDeps): Promise<Fleet> {
  const { store, reads, clock, makeId, log, events, serverId, retention } = deps;
  const { answerParts = [], ingestObserver } = deps;
  const { filterActionIds = async (_, ids) => [...ids], filterAlarmIds = async (_, ids) => [...ids] } = deps;
  const { watch = watchNothing } = deps;
  const { audit, credentials, enrolment, organizations, signatures } = deps.identity;
  const nonces = createNumberingNonces(deps.numberingKey);
  const presenceClock = await startPresenceClock({ row: createPresenceClockRow(store), clock });
  const settings = createOrganizationSettings({ organizations, events, clock, retention });
  const rates = createReportRates({ store, clock, serverId });
  const summaries = createFleetSummaries({ store, clock, rates });
  const stream = createFleetStream({ store, clock, events, summaries, filterActionIds, filterAlarmIds });
  const history = createHistory({ store, clock, retention, retentionClock: deps.retentionClock });
  const ingest = createIngest({
    repository: createIngestRepository(store, {
      presenceClock,
      credentials,
      cloneAudit: createCloneAudit(audit),
      watch,
    }),
    settings,
    rates,
    events,
    clock,
    log,
    nonces,
    instanceNumbers: createInstanceNumbers(store, clock),
    epochChangeOf: createEpochChanges({ signatures, nonces }),
    answerParts,
    observer: ingestObserver,
  });
  const writeChanges = createWriteDeviceChanges({ dialect: store.dialect, clock, audit });
  const changeDevice = createChangeDevice({ store, clock, events, writeChanges });
  const archiving = createDeviceArchiving({ clock, presenceClock });
  const findTargets = createFindDeviceTargets({ store, clock });
  const edits = createEditParts({
    store,
    clock,
    makeId,
    audit,
    events,
    log,
    customers: deps.identity.customers,
    settings,
    archiving,
    writeChanges,
    findTargets,
    match: createMatchDevices({ reads, clock }),
  });
  const devices = createDevices({ store, reads, clock, changeDevice, customers: deps.identity.customers });
  const lifecycle = createDeviceLifecycle({
    store,
    clock,
    events,
    audit,
    archiving,
    settings,
    credentials,
    changeDevice,
    purgeHistory: history.purge,
  });
  const customersDeps = { store, clock, makeId, audit, events, references: deps.identity.customerReferences };
  const customers = createCustomers({ ...customersDeps, findMoreUses: deps.findCustomerUses });
  const merge = createMergeCustomers(customersDeps, customers, deps.moveCustomer);
  const deviceEnrolment = createDeviceEnrolment({
    store,
    clock,
    makeId,
    events,
    audit,
    enrolment,
    credentials,
    organizations,
  });

  return {
    routes: [
      ...createReportRoutes({ ingest }),
      ...createEnrolmentRoutes({ enrolment: deviceEnrolment, lifecycle }),
      // Before the devices' own, so that `sparklines` and `count` are not taken for an id.
      ...createHistoryRoutes({ reads, clock }),
      ...edits.routes,
      ...createDeviceRoutes({ devices, summaries }),
      ...createAvailabilityRoutes({ reads, clock }),
      ...createDeviceLifecycleRoutes({ lifecycle }),
      ...createDeviceMountRoutes({ mounts: createDeviceMounts({ clock, changeDevice }) }),
      ...createStreamRoutes({ stream }),
      ...createCustomerRoutes({ customers, merge }),
      ...createMaintenanceWindowRoutes({
        windows: createMaintenanceWindows({ store, clock, makeId, audit }),
      }),
      ...createViewRoutes({ views: createViews({ store, clock, makeId, audit, uses: deps.viewUses }) }),
    ],
    jobs: [
      createPresenceClockJob(presenceClock),
      createPresenceJob({ store, clock, presenceClock, settings, events, log }),
      createMaintenanceWindowsJob({
        store,
        clock,
        applyWindows: createApplyWindows({ store, clock, events }),
      }),
      createCloneDetectionJob({ store, clock, changeDevice }),
      createAvailabilityJob({ store, retentionClock: deps.retentionClock }),
      edits.job,
      rates.job,
      stream.job,
      ...history.jobs,
    ],
    findTargets,
    resolveDevices: edits.resolve,
    legacyDevices: createLegacyDevices({
      store,
      clock,
      makeId,
      events,
      audit,
      ingest,
      lifecycle,
      settings,
    }),
    observedMs: () => presenceClock.now(),
    waitingReports: () => ingest.waiting(),
    async drain() {
      await edits.stop();
      await ingest.drain();
    },
  };
}
