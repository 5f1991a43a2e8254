import { type Kysely, sql } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { type Tenant, wholeOrganization } from "../../platform/tenant.ts";
import { type StoredFilter, withFilter } from "../devices/device-filter.repository.ts";
import { selectNumbers } from "../devices/device-selection.repository.ts";

/** How many devices of a group are in which state. Those in maintenance are not counted as absent. */
export type GroupCounts = {
  total: number;
  /** Without reports and without an excuse. */
  absent: number;
  inMaintenance: number;
  /** Have never reported. */
  waiting: number;
  /** Wall time of the newest report of the group; null before the first one. */
  lastReportAt: number | null;
};

export function countGroup(
  db: Kysely<Tables>,
  orgId: string,
  filter: StoredFilter,
  now: number,
): Promise<GroupCounts> {
  return selectNumbers(db, wholeOrganization(orgId))
    .$call((devices) => withFilter(devices, orgId, filter, now))
    .clearSelect()
    .select([
      sql<number>`count(*)`.as("total"),
      countIf(sql`d.is_absent = 1 and d.shown <> 'maintenance'`).as("absent"),
      countIf(sql`d.shown = 'maintenance'`).as("inMaintenance"),
      countIf(sql`d.shown = 'waiting'`).as("waiting"),
      sql<number | null>`max(s.last_received_at)`.as("lastReportAt"),
    ])
    .executeTakeFirstOrThrow();
}

export async function countDevices(
  db: Kysely<Tables>,
  tenant: Tenant,
  filter: StoredFilter,
  now: number,
): Promise<number> {
  const { total } = await selectNumbers(db, tenant)
    .$call((devices) => withFilter(devices, tenant.orgId, filter, now))
    .clearSelect()
    .select(sql<number | string>`count(*)`.as("total"))
    .executeTakeFirstOrThrow();
  return Number(total);
}

function countIf(condition: ReturnType<typeof sql>) {
  return sql<number>`coalesce(sum(case when ${condition} then 1 else 0 end), 0)`;
}

/** Whether a device belongs to both groups. */
export async function haveCommonDevice(
  db: Kysely<Tables>,
  orgId: string,
  filters: readonly [StoredFilter, StoredFilter],
  now: number,
): Promise<boolean> {
  const [a, b] = filters;
  const found = await selectNumbers(db, wholeOrganization(orgId))
    .$call((devices) => withFilter(devices, orgId, a, now))
    .$call((devices) => withFilter(devices, orgId, b, now))
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
