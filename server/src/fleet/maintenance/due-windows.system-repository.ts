import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { MaintenanceWindowRow } from "./maintenance.tables.ts";

/** Organizations with a window that is to be looked at. */
export async function readDueOrganizations(db: Kysely<Tables>, now: number): Promise<string[]> {
  const rows = await db
    .selectFrom("maintenance_windows")
    .select("org_id")
    .distinct()
    .where("check_at", "<=", now)
    .orderBy("org_id")
    .execute();
  return rows.map(({ org_id }) => org_id);
}

/** All windows of an organization, removed ones as well. */
export function readAllWindows(db: Kysely<Tables>, orgId: string): Promise<MaintenanceWindowRow[]> {
  return db.selectFrom("maintenance_windows").selectAll().where("org_id", "=", orgId).orderBy("id").execute();
}

/** Stores when to look at a window again, and deletes a removed one; nothing when it changed since it was read. */
export async function writeChecked(
  tx: Transaction<Tables>,
  { id, org_id, version, removed_at }: MaintenanceWindowRow,
  checkAt: number | null,
): Promise<void> {
  if (removed_at !== null) {
    await tx.deleteFrom("maintenance_windows").where("org_id", "=", org_id).where("id", "=", id).execute();
    return;
  }
  await tx
    .updateTable("maintenance_windows")
    .set({ check_at: checkAt })
    .where("org_id", "=", org_id)
    .where("id", "=", id)
    .where("version", "=", version)
    .execute();
}
