import type { PublicStatus } from "@muster/shared/contracts/status-page.ts";
import type { LegacyDelivery } from "../actions/index.ts";
import type { LegacyDevices } from "../fleet/index.ts";
import type { ApiKeys, LegacyKeys, Organizations } from "../identity/index.ts";
import type { Clock } from "../platform/clock.ts";
import { createHostMetricsReader } from "../platform/metrics/host-metrics.ts";
import type { Route } from "../platform/http/route.ts";
import { createDashfleetActionRoutes } from "./dashfleet/dashfleet-action.routes.ts";
import { createDashfleetFleetRoutes } from "./dashfleet/dashfleet-fleet.routes.ts";
import { createDashfleetOrganizationRoutes } from "./dashfleet/dashfleet-organization.routes.ts";
import { createDashfleetRemovedRoutes } from "./dashfleet/dashfleet-removed.routes.ts";
import { createDashfleetSignInRoutes } from "./dashfleet/dashfleet-sign-in.routes.ts";
import { createDashfleetStatusRoutes } from "./dashfleet/dashfleet-status.routes.ts";

export type CompatDeps = {
  clock: Clock;
  identity: { organizations: Organizations; apiKeys: ApiKeys; legacyKeys: LegacyKeys };
  fleet: { legacyDevices: LegacyDevices };
  actions: { legacyDelivery: LegacyDelivery };
  alerting: { readPublicStatuses: () => Promise<PublicStatus[]> };
  /** True when browsers reach the server over TLS only. */
  hasTls: boolean;
  /** Path of the public URL; the root when absent. */
  basePath?: string;
};

/** The routes of legacy systems: they translate between the legacy formats and the services of the other modules. */
export function createCompat(deps: CompatDeps): { routes: Route[] } {
  const { clock, hasTls, basePath = "" } = deps;
  const { organizations, apiKeys, legacyKeys: keys } = deps.identity;
  const devices = deps.fleet.legacyDevices;
  const delivery = deps.actions.legacyDelivery;
  const { readPublicStatuses } = deps.alerting;

  return {
    routes: [
      ...createDashfleetFleetRoutes({ devices, readPublicStatuses, clock }),
      ...createDashfleetActionRoutes({ devices, delivery }),
      ...createDashfleetSignInRoutes({ keys, hasTls, basePath }),
      ...createDashfleetOrganizationRoutes({ organizations, apiKeys, keys }),
      ...createDashfleetRemovedRoutes(),
      ...createDashfleetStatusRoutes({ readHost: createHostMetricsReader(), clock }),
    ],
  };
}
