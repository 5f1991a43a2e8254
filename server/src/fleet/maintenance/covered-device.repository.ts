import type { Kysely, Transaction } from "kysely";
import { isWithinLimit } from "../../platform/database/customer-limit.ts";
import type { Dialect } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { Tenant } from "../../platform/tenant.ts";

/** The columns by which a window finds its devices, and until when windows keep them in maintenance. */
export type CoveredDevice = {
  device_no: number;
  id: string;
  customer_id: string | null;
  tags: string;
  class_chosen: Tables["devices"]["class_chosen"];
  class_guess: Tables["devices"]["class_guess"];
  window_until: number | null;
};

const COVERED_COLUMNS = [
  "device_no",
  "id",
  "customer_id",
  "tags",
  "class_chosen",
  "class_guess",
  "window_until",
] as const;

/** The next devices of an organization in the order of their numbers, without archived ones. */
export function readCoveredDevices(
  db: Kysely<Tables>,
  orgId: string,
  { after, limit }: { after: number; limit: number },
): Promise<CoveredDevice[]> {
  return db
    .selectFrom("devices")
    .select(COVERED_COLUMNS)
    .where("org_id", "=", orgId)
    .where("archived_at", "is", null)
    .where("device_no", ">", after)
    .orderBy("device_no")
    .limit(limit)
    .execute();
}

/** One device that the tenant reaches, with the end of the maintenance that a member entered. */
export function findCoveredDevice(db: Kysely<Tables>, tenant: Tenant, deviceId: string) {
  return db
    .selectFrom("devices")
    .select(COVERED_COLUMNS)
    .select("maintenance_until")
    .where("org_id", "=", tenant.orgId)
    .where("id", "=", deviceId)
    .where(isWithinLimit(tenant, "customer_id"))
    .executeTakeFirst();
}

/** The same devices with what their status is made of, locked until the transaction ends. */
export function lockCoveredDevices(tx: Transaction<Tables>, dialect: Dialect, deviceNos: readonly number[]) {
  return tx
    .selectFrom("device_state as s")
    .innerJoin("devices as d", "d.device_no", "s.device_no")
    .select(COVERED_COLUMNS.map((name) => `d.${name}` as const))
    .select(["d.connection", "d.last_word", "d.maintenance_until", "d.approved_at", "d.clone_suspected_at"])
    .select(["d.facts", "d.excluded_mounts", "d.shown", "d.is_absent"])
    .select(["s.held_level", "s.score", "s.disk", "s.disk_free", "s.last_received_at"])
    .where("s.device_no", "in", deviceNos)
    .where("d.archived_at", "is", null)
    .orderBy("s.device_no")
    .$if(dialect === "postgres", (query) => query.forUpdate("s"))
    .execute();
}
