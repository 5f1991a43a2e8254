import type { Kysely } from "kysely";
import type { Tables } from "../platform/database/tables.ts";
import { isKnownOfTenant } from "./devices/device-selection.repository.ts";
import type { HistoryDevice } from "./history/history.service.ts";
import type { Tenant } from "../platform/tenant.ts";

/** Those of the tenant's devices that exist, by id, as history knows them. */
export async function findHistoryDevices(
  db: Kysely<Tables>,
  tenant: Tenant,
  deviceIds: readonly string[],
): Promise<ReadonlyMap<string, HistoryDevice>> {
  const rows = await db
    .selectFrom("devices as d")
    .innerJoin("device_state as s", "s.device_no", "d.device_no")
    .select(["d.id", "d.device_no", "s.interval_s", "s.journal_head"])
    .where(isKnownOfTenant(tenant))
    .where("d.id", "in", deviceIds)
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      { deviceNo: row.device_no, intervalS: row.interval_s, journalHead: row.journal_head },
    ]),
  );
}
