import type { DeviceScope } from "@muster/shared/contracts/device-scope.ts";
import type { PublicStatus } from "@muster/shared/contracts/status-page.ts";
import type { Transaction } from "kysely";
import type { FindDeviceTargets } from "../../fleet/index.ts";
import type { CustomerDirectory } from "../../identity/index.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { Route } from "../../platform/http/route.ts";
import type { Reads } from "../../platform/read-threads/reads.ts";
import { wholeOrganization } from "../../platform/tenant.ts";
import { createIncidentRoutes } from "./incident.routes.ts";
import { createIncidents } from "./incident.service.ts";
import { createPublicStatusRoutes } from "./public-status.routes.ts";
import { createPublicStatuses } from "./read-public-status.ts";
import { findPage } from "./status-page.repository.ts";
import { createStatusPageRoutes } from "./status-page.routes.ts";
import { createStatusPages, type StatusPageDeps } from "./status-page.service.ts";
import { findPublishedPage, readPublishedPages } from "./status-page.system-repository.ts";

export { hasComponentsOf, moveStatusPage } from "./move-status-page.ts";

type StatusPartsDeps = Omit<StatusPageDeps, "findUnknownScopes"> & {
  reads: Reads;
  findTargets: FindDeviceTargets;
  customers: Pick<CustomerDirectory, "namesOf">;
};

export type StatusParts = {
  routes: Route[];
  /** What visitors read of all enabled pages of this server, for wires that list them together. */
  readAll(): Promise<PublicStatus[]>;
};

/** Pages in one list. */
const MAX_PAGES = 500;

/** The public status page: what members publish, and what visitors read. */
export function createStatusParts(deps: StatusPartsDeps): StatusParts {
  const { store, publicUrl } = deps;
  const pages = createStatusPages({ ...deps, findUnknownScopes: createFindUnknownScopes(deps) });
  const { read, forget } = createPublicStatuses(deps);

  async function find(address: string): Promise<PublicStatus | null> {
    const page = await findPublishedPage(store.read, address);
    return page ? read(page) : null;
  }

  async function preview(orgId: string): Promise<PublicStatus> {
    const page = await findPage(store.read, orgId);
    if (page) return read(page);
    const { title, intro, version } = await pages.get(orgId);
    const row = {
      title,
      intro,
      edit_version: version,
      components: "[]",
      address: "",
      is_enabled: 0 as const,
    };
    return read({ ...row, org_id: orgId, edited_at: null, edited_by: null });
  }

  return {
    routes: [
      ...createStatusPageRoutes({ pages, preview }),
      ...createIncidentRoutes(createIncidents({ ...deps, onChange: forget })),
      ...createPublicStatusRoutes({ find, publicUrl }),
    ],
    async readAll() {
      const found: PublicStatus[] = [];
      for (const page of await readPublishedPages(store.read, MAX_PAGES)) found.push(await read(page));
      return found;
    },
  };
}

function createFindUnknownScopes({
  customers,
  findTargets,
}: Pick<StatusPartsDeps, "customers" | "findTargets">): StatusPageDeps["findUnknownScopes"] {
  return async (tx: Transaction<Tables>, orgId: string, scopes: readonly DeviceScope[]) => {
    const customerIds = scopes.flatMap((scope) => (scope.kind === "customer" ? [scope.customerId] : []));
    const deviceIds = scopes.flatMap((scope) => (scope.kind === "device" ? [scope.deviceId] : []));
    const names = await customers.namesOf(tx, orgId, customerIds);
    const devices = await findTargets(wholeOrganization(orgId), deviceIds);
    return scopes.flatMap((scope, index) => {
      if (scope.kind === "customer") return names.has(scope.customerId) ? [] : [index];
      if (scope.kind === "device") return devices.has(scope.deviceId) ? [] : [index];
      return [];
    });
  };
}
