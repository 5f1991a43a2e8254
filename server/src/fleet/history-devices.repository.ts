import type { Kysely } from "kysely";
import type { Tables } from "../platform/database/tables.ts";
import { isOfOrganization } from "./devices/device-selection.repository.ts";
import type { HistoryDevice } from "./history/history.service.ts";

/** Those of the organization's devices that exist, by id, as history knows them. */
export async function findHistoryDevices(
  db: Kysely<Tables>,
  orgId: string,
  deviceIds: readonly string[],
): Promise<ReadonlyMap<string, HistoryDevice>> {
  const rows = await db
    .selectFrom("devices as d")
    .innerJoin("device_state as s", "s.device_no", "d.device_no")
    .select(["d.id", "d.device_no", "s.interval_s", "s.journal_head"])
    .where(isOfOrganization(orgId))
    .where("d.id", "in", deviceIds)
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      { deviceNo: row.device_no, intervalS: row.interval_s, journalHead: row.journal_head },
    ]),
  );
}
