import { type Actor, type Audit, actorOf, type Signatures } from "../identity/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { MakeId } from "../platform/crypto/ids.ts";
import type { Store } from "../platform/database/store.ts";
import type { EventBus } from "../platform/events/event-bus.ts";
import { eventFrame } from "../platform/http/event-frame.ts";
import type { Route } from "../platform/http/route.ts";
import type { Job } from "../platform/jobs/job.ts";
import type { Logger } from "../platform/logging/logger.ts";
import { createActionRepository } from "./action.repository.ts";
import { createActionRoutes } from "./action.routes.ts";
import { type ActionService, createActionService } from "./action.service.ts";
import { createActionSystemRepository } from "./action.system-repository.ts";
import { createActionDeadlinesJob } from "./action-deadlines.job.ts";
import { createActionDeliveryRoutes } from "./action-delivery.routes.ts";
import { type ActionDelivery, createActionDelivery } from "./action-delivery.service.ts";
import { subscribeToQueuedActions } from "./action-queued.subscriber.ts";
import type { ActionsPlatform, Announce } from "./actions-platform.ts";
import { createAgentStreams } from "./agent-streams.ts";
import type { FindDeviceTargets } from "../fleet/index.ts";
import { createLegacyDelivery, type LegacyDelivery } from "./legacy-delivery.service.ts";
import { createWaitingActions } from "./waiting-actions.ts";

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
  signatures: Signatures;
};

export type Actions = {
  routes: Route[];
  jobs: Job[];
  service: ActionService;
  delivery: ActionDelivery;
  /** For devices of legacy systems alone. */
  legacyDelivery: LegacyDelivery;
  /** For the answer of reports: how much work waits for this device. */
  waitingFor(deviceId: string): number;
  /** Streams of agents that are open on this server. */
  openStreams(): number;
  stop(): void;
};

/** The queue of actions: asked by people and keys, claimed and answered by devices. */
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

  return {
    routes: [
      ...createActionRoutes(service),
      ...createActionDeliveryRoutes({ delivery, signatures: deps.signatures, streams, waiting }),
    ],
    jobs: [
      createActionDeadlinesJob(platform, allTenants),
      { name: "waiting-actions", everyMs: 5000, isPerServer: true, run: () => waiting.refresh() },
    ],
    service,
    delivery,
    legacyDelivery: createLegacyDelivery(platform, service),
    waitingFor: (deviceId) => waiting.of(deviceId),
    openStreams: () => streams.size,
    stop: subscribeToQueuedActions(events, waiting, streams, deps.log),
  };
}
