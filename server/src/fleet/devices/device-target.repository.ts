import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { Tenant } from "../../platform/tenant.ts";
import { isOfTenant } from "./device-selection.repository.ts";

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

/** Includes archived devices. */
export function readTargetRows(db: Kysely<Tables>, tenant: Tenant, deviceIds: readonly string[]) {
  return db
    .selectFrom("devices as d")
    .select(TARGET_COLUMNS.map((name) => `d.${name}` as const))
    .where(isOfTenant(tenant))
    .where("d.id", "in", deviceIds)
    .execute();
}
