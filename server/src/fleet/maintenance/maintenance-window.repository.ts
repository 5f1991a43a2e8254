import type { Kysely, Transaction } from "kysely";
import { isWithinLimit } from "../../platform/database/customer-limit.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { Tenant } from "../../platform/tenant.ts";
import type { MaintenanceWindowRow } from "./maintenance.tables.ts";

/** The windows that a tenant reaches; those of single customers within its limit only. */
function selectWindows(db: Kysely<Tables>, tenant: Tenant) {
  return db
    .selectFrom("maintenance_windows")
    .selectAll()
    .where("org_id", "=", tenant.orgId)
    .where("removed_at", "is", null)
    .where((where) => where.or([where("customer_id", "is", null), isWithinLimit(tenant, "customer_id")]));
}

export function readWindows(db: Kysely<Tables>, tenant: Tenant): Promise<MaintenanceWindowRow[]> {
  return selectWindows(db, tenant).execute();
}

export function findWindow(
  db: Kysely<Tables>,
  tenant: Tenant,
  windowId: string,
): Promise<MaintenanceWindowRow | undefined> {
  return selectWindows(db, tenant).where("id", "=", windowId).executeTakeFirst();
}

export async function insertWindow(tx: Transaction<Tables>, row: MaintenanceWindowRow): Promise<void> {
  await tx.insertInto("maintenance_windows").values(row).execute();
}

/** Returns false when the window has another version by now. */
export async function updateWindow(
  tx: Transaction<Tables>,
  row: MaintenanceWindowRow,
  version: number,
): Promise<boolean> {
  const { id, org_id, ...columns } = row;
  const { numUpdatedRows } = await tx
    .updateTable("maintenance_windows")
    .set(columns)
    .where("org_id", "=", org_id)
    .where("id", "=", id)
    .where("version", "=", version)
    .executeTakeFirst();
  return Number(numUpdatedRows) > 0;
}

/** Gives the windows of a customer to another one. */
export async function moveWindows(
  tx: Transaction<Tables>,
  orgId: string,
  { from, into, now }: { from: string; into: string; now: number },
): Promise<void> {
  const scope = JSON.stringify({ kind: "customer", customerId: into });
  await tx
    .updateTable("maintenance_windows")
    .set((of) => ({ customer_id: into, scope, check_at: now, version: of("version", "+", 1) }))
    .where("org_id", "=", orgId)
    .where("customer_id", "=", from)
    .execute();
}

/** Whether a window is for this customer. */
export async function hasWindows(db: Kysely<Tables>, orgId: string, customerId: string): Promise<boolean> {
  const found = await db
    .selectFrom("maintenance_windows")
    .select("id")
    .where("org_id", "=", orgId)
    .where("customer_id", "=", customerId)
    .where("removed_at", "is", null)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
