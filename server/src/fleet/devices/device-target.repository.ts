import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";

const TARGET_COLUMNS = [
  "id",
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
export function readTargetRows(db: Kysely<Tables>, orgId: string, deviceIds: readonly string[]) {
  return db
    .selectFrom("devices")
    .select(TARGET_COLUMNS)
    .where("org_id", "=", orgId)
    .where("id", "in", deviceIds)
    .execute();
}
