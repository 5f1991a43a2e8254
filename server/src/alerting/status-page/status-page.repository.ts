import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { StatusPageRow } from "./status-page.tables.ts";

export function findPage(db: Kysely<Tables>, orgId: string): Promise<StatusPageRow | undefined> {
  return db.selectFrom("status_pages").selectAll().where("org_id", "=", orgId).executeTakeFirst();
}

/** Stores the page of an organization. False when it has another version than `version` by now. */
export async function writePage(
  tx: Transaction<Tables>,
  row: StatusPageRow,
  version: number,
): Promise<boolean> {
  const { org_id, ...columns } = row;
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("status_pages")
    .values(row)
    .onConflict((conflict) =>
      conflict.column("org_id").doUpdateSet(columns).where("status_pages.edit_version", "=", version),
    )
    .executeTakeFirst();
  return Number(numInsertedOrUpdatedRows ?? 0) > 0;
}
