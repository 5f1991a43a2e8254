import { type Kysely, sql, type Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { IdPage } from "../../platform/http/id-page.ts";

export type AuditRow = Tables["audit_entries"];

export async function insertAuditEntry(tx: Transaction<Tables>, row: AuditRow): Promise<void> {
  await tx.insertInto("audit_entries").values(row).execute();
}

/** The newest entries of a page, one more than its limit. `search` is in lower case. */
export function readAuditEntries(
  db: Kysely<Tables>,
  orgId: string,
  page: IdPage,
  search: string | null,
): Promise<AuditRow[]> {
  let query = db.selectFrom("audit_entries").selectAll().where("org_id", "=", orgId);
  if (page.before !== null) query = query.where("id", "<", page.before);
  if (search !== null) {
    const pattern = `%${search.replaceAll(/[\\%_]/g, "\\$&")}%`;
    query = query.where(sql<boolean>`search_text like ${pattern} escape '\\'`);
  }
  return query
    .orderBy("id", "desc")
    .limit(page.limit + 1)
    .execute();
}
