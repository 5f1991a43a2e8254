import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { Tenant } from "../../platform/tenant.ts";
import { type StoredFilter, withFilter } from "../devices/device-filter.repository.ts";
import { nameOf } from "../devices/device-row.ts";
import { selectNumbers } from "../devices/device-selection.repository.ts";

export type GroupDevice = { deviceNo: number; id: string; name: string };

/** The next devices of the tenant that a filter selects, by their numbers. */
export async function readGroup(
  db: Kysely<Tables>,
  tenant: Tenant,
  filter: StoredFilter,
  { after, limit, now }: { after: number; limit: number; now: number },
): Promise<GroupDevice[]> {
  const rows = await selectNumbers(db, tenant)
    .$call((numbers) => withFilter(numbers, tenant.orgId, filter, now))
    .select(["d.id", "d.label", "d.hostname"])
    .where("d.device_no", ">", after)
    .orderBy("d.device_no")
    .limit(limit)
    .execute();
  return rows.map(({ device_no, id, ...names }) => ({ deviceNo: device_no, id, name: nameOf(names) }));
}
