import type { DeviceScope } from "@muster/shared/contracts/device-scope.ts";
import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { Read } from "../../platform/read-threads/read.ts";
import { type Tenant, wholeOrganization } from "../../platform/tenant.ts";
import { readStoredFilter, type StoredFilter } from "../devices/device-filter.repository.ts";
import { readWindows } from "../maintenance/maintenance-window.repository.ts";
import type { Occurrence } from "../maintenance/occurrences.ts";
import { occurrencesOf, readScope } from "../maintenance/stored-window.ts";
import { filterOfScope } from "./group-scope.ts";
import { countDevices, countGroup, type GroupCounts, haveCommonDevice } from "./group-status.repository.ts";

/** A maintenance window with the groups of which it covers devices, as indices of the input. */
export type GroupMaintenance = Occurrence & { groups: number[] };
export type GroupStatuses = { counts: GroupCounts[]; maintenance: GroupMaintenance[] };

type Input = {
  orgId: string;
  groups: readonly DeviceScope[];
  now: number;
  /** Windows that begin until then are named. */
  until: number;
};

/** Occurrences of maintenance windows in one answer. */
const MAX_OCCURRENCES = 20;

/** What the devices of groups are doing now, and their maintenance, open and coming. For the whole organization. */
export const groupStatusRead: Read<Input, GroupStatuses> = {
  name: "groups.status",
  open:
    ({ read }) =>
    async ({ orgId, groups, now, until }, turn) => {
      const filters = await storedFilters(read, orgId, groups);
      const counts: GroupCounts[] = [];
      for (const filter of filters) {
        counts.push(await countGroup(read, orgId, filter, now));
        await turn.pause();
      }
      const maintenance: GroupMaintenance[] = [];
      for (const { occurrence, scope } of await comingOccurrences(read, orgId, { now, until })) {
        const [covered] = await storedFilters(read, orgId, [scope]);
        if (!covered) continue;
        const covers: number[] = [];
        for (const [index, filter] of filters.entries()) {
          if (await haveCommonDevice(read, orgId, [covered, filter], now)) covers.push(index);
        }
        if (covers.length > 0) maintenance.push({ ...occurrence, groups: covers });
        await turn.pause();
      }
      return { counts, maintenance };
    },
};

function storedFilters(
  db: Kysely<Tables>,
  orgId: string,
  scopes: readonly Parameters<typeof filterOfScope>[0][],
): Promise<StoredFilter[]> {
  return Promise.all(scopes.map((scope) => readStoredFilter(db, orgId, filterOfScope(scope))));
}

async function comingOccurrences(
  db: Kysely<Tables>,
  orgId: string,
  { now, until }: { now: number; until: number },
) {
  const rows = await readWindows(db, wholeOrganization(orgId));
  return rows
    .flatMap((row) => {
      const occurrences = occurrencesOf(row, { from: now, to: until, limit: MAX_OCCURRENCES });
      return occurrences.map((occurrence) => ({ occurrence, scope: readScope(row) }));
    })
    .toSorted((a, b) => a.occurrence.startsAt - b.occurrence.startsAt)
    .slice(0, MAX_OCCURRENCES);
}

/** How many devices of a scope a tenant reaches. */
export async function countDevicesOfScope(
  db: Kysely<Tables>,
  tenant: Tenant,
  scope: Parameters<typeof filterOfScope>[0],
  now: number,
): Promise<number> {
  const filter = await readStoredFilter(db, tenant.orgId, filterOfScope(scope));
  return countDevices(db, tenant, filter, now);
}
