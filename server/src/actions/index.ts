import type { ActionType } from "@muster/shared/actions/catalog.ts";
import type { Kysely } from "kysely";
import { type Actor, type Audit, actorOf, type Signatures } from "../identity/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { MakeId } from "../platform/crypto/ids.ts";
import type { Store } from "../platform/database/store.ts";
import type { EventBus } from "../platform/events/event-bus.ts";
import { eventFrame } from "../platform/http/event-frame.ts";
import type { Route } from "../platform/http/route.ts";
import type { Job } from "../platform/jobs/job.ts";
import type { RetentionClock } from "../platform/jobs/retention-clock.ts";
import type { Logger } from "../platform/logging/logger.ts";
import type { ActionRow } from "./actions.tables.ts";
import { createActionBatchRoutes } from "./action-batch.routes.ts";
import { createActionBatchService } from "./action-batch.service.ts";
import { createActionRepository } from "./action.repository.ts";
import { createActionRoutes } from "./action.routes.ts";
import { createActionService } from "./action.service.ts";
import { createActionSystemRepository } from "./action.system-repository.ts";
import { createActionDeadlinesJob } from "./action-deadlines.job.ts";
import { createActionDeliveryRoutes } from "./action-delivery.routes.ts";
import { createActionDelivery } from "./action-delivery.service.ts";
import { subscribeToQueuedActions } from "./action-queued.subscriber.ts";
import type { ActionsPlatform, Announce } from "./actions-platform.ts";
import { createAgentStreams } from "./agent-streams.ts";
import type { FindDeviceTargets, ResolveDevices } from "../fleet/index.ts";
import { createLegacyDelivery, type LegacyDelivery } from "./legacy-delivery.service.ts";
import { createWaitingActions } from "./waiting-actions.ts";
import type { Tables } from "../platform/database/tables.ts";
import type { Tenant } from "../platform/tenant.ts";

export { endUnfinishedActions } from "./end-unfinished-actions.ts";

export type { LegacyDelivery, LegacyOrder } from "./legacy-delivery.service.ts";

export type ActionsDeps = {
  store: Store;
  clock: Clock;
  makeId: MakeId;
  log: Logger;
  events: EventBus;
  audit: Audit;
  findTargets: FindDeviceTargets;
  resolveDevices: ResolveDevices;
  signatures: Signatures;
  retentionClock: Pick<RetentionClock, "expiryTime">;
};

/** How an action is going. */
export type ActionOutcome = Pick<ActionRow, "id" | "state" | "type"> & { deviceId: string };

export type Actions = {
  routes: Route[];
  jobs: Job[];
  /** Only for devices of legacy systems. */
  legacyDelivery: LegacyDelivery;
  /** How many actions wait for this device, for the answer to its reports. */
  waitingFor(deviceId: string): number;
  /** Which of these actions are about devices that the tenant reaches. */
  filterIds(tenant: Tenant, actionIds: readonly string[]): Promise<string[]>;
  /** The types of actions of which the newest one that ended on a device has failed. */
  readFailed(db: Kysely<Tables>, device: { orgId: string; deviceId: string }): Promise<ActionType[]>;
  /** How these actions are going. Those about devices that the tenant does not reach are left out. */
  findOutcomes(db: Kysely<Tables>, tenant: Tenant, actionIds: readonly string[]): Promise<ActionOutcome[]>;
  /** Streams of agents that are open on this server. */
  openStreams(): number;
};

/** The queue of actions: requested by users and keys, claimed and completed by devices. */
export function createActions(deps: ActionsDeps): Actions {
  const { store, events } = deps;
  const allTenants = createActionSystemRepository();
  const announce: Announce = {
    queued(orgId, deviceIds, actionIds) {
      events.publish({ topic: "action.queued", orgId, ids: deviceIds });
      events.publish({ topic: "action.changed", orgId, ids: actionIds });
    },
    changed(orgId, actionIds) {
      events.publish({ topic: "action.changed", orgId, ids: actionIds });
    },
  };
  const platform: ActionsPlatform = {
    ...deps,
    actorOf: (caller): Actor => actorOf(caller),
    actions: createActionRepository(store.dialect),
    announce,
  };
  const service = createActionService(platform);
  const delivery = createActionDelivery(platform);
  const waiting = createWaitingActions(store, allTenants);
  const streams = createAgentStreams(eventFrame("nudge", "{}"));

  subscribeToQueuedActions(events, waiting, streams, deps.log);

  return {
    routes: [
      ...createActionRoutes(service),
      ...createActionBatchRoutes(createActionBatchService(platform)),
      ...createActionDeliveryRoutes({ delivery, signatures: deps.signatures, streams, waiting }),
    ],
    jobs: [
      createActionDeadlinesJob(platform, allTenants, deps.retentionClock),
      { name: "waiting-actions", everyMs: 5000, isPerServer: true, run: () => waiting.refresh() },
    ],
    legacyDelivery: createLegacyDelivery(platform, service),
    waitingFor: (deviceId) => waiting.of(deviceId),
    readFailed: (db, { orgId, deviceId }) => platform.actions.failedTypes(db, orgId, deviceId),
    filterIds: (tenant, actionIds) => platform.actions.filterIds(store.read, tenant, actionIds),
    findOutcomes: (db, tenant, actionIds) => platform.actions.readOutcomes(db, tenant, actionIds),
    openStreams: () => streams.size,
  };
}
