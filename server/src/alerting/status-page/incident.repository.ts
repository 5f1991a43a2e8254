import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { StatusIncidentRow } from "./status-page.tables.ts";

/** Open incidents first, then the newest first. */
export async function readIncidents(db: Kysely<Tables>, orgId: string): Promise<StatusIncidentRow[]> {
  const rows = await db
    .selectFrom("status_incidents")
    .selectAll()
    .where("org_id", "=", orgId)
    .orderBy("opened_at", "desc")
    .orderBy("id", "desc")
    .execute();
  return rows.toSorted((a, b) => Number(a.resolved_at !== null) - Number(b.resolved_at !== null));
}

export function findIncident(
  db: Kysely<Tables>,
  orgId: string,
  incidentId: string,
): Promise<StatusIncidentRow | undefined> {
  return db
    .selectFrom("status_incidents")
    .selectAll()
    .where("org_id", "=", orgId)
    .where("id", "=", incidentId)
    .executeTakeFirst();
}

export async function insertIncident(tx: Transaction<Tables>, row: StatusIncidentRow): Promise<void> {
  await tx.insertInto("status_incidents").values(row).execute();
}

export async function updateIncident(tx: Transaction<Tables>, row: StatusIncidentRow): Promise<void> {
  const { id, org_id, ...columns } = row;
  await tx
    .updateTable("status_incidents")
    .set(columns)
    .where("org_id", "=", org_id)
    .where("id", "=", id)
    .execute();
}

export async function deleteIncidents(
  tx: Transaction<Tables>,
  orgId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await tx.deleteFrom("status_incidents").where("org_id", "=", orgId).where("id", "in", ids).execute();
}
