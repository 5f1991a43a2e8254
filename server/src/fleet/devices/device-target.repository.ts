import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { Tenant } from "../../platform/tenant.ts";
import { isKnownOfTenant, isOfTenant } from "./device-selection.repository.ts";

const TARGET_COLUMNS = [
  "id",
  "customer_id",
  "hostname",
  "label",
  "origin",
  "machine_id",
  "archived_at",
  "approved_at",
  "clone_suspected_at",
  "is_paused",
  "paused_until",
  "connection",
] as const;

const DEVICES_PER_READ = 200;

/** Includes archived devices. */
export function readTargetRows(db: Kysely<Tables>, tenant: Tenant, deviceIds: readonly string[]) {
  return db
    .selectFrom("devices as d")
    .select(TARGET_COLUMNS.map((name) => `d.${name}` as const))
    .where(isOfTenant(tenant))
    .where("d.id", "in", deviceIds)
    .execute();
}

/** For other modules: those of these devices that are in maintenance at `now`. */
export async function readDevicesInMaintenance(
  db: Kysely<Tables>,
  tenant: Tenant,
  deviceIds: readonly string[],
  now: number,
): Promise<Set<string>> {
  const found = new Set<string>();
  for (let start = 0; start < deviceIds.length; start += DEVICES_PER_READ) {
    const rows = await db
      .selectFrom("devices as d")
      .select("d.id")
      .where(isKnownOfTenant(tenant))
      .where("d.id", "in", deviceIds.slice(start, start + DEVICES_PER_READ))
      .where((where) => where.or([where("d.maintenance_until", ">", now), where("d.window_until", ">", now)]))
      .execute();
    for (const { id } of rows) found.add(id);
  }
  return found;
}
