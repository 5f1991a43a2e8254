import type { AuditQuery } from "@muster/shared/contracts/audit.ts";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { IdPage } from "../../platform/http/id-page.ts";
import { isWithinLimit } from "../../platform/database/customer-limit.ts";
import type { Tenant } from "../../platform/tenant.ts";

export type AuditRow = Tables["audit_entries"];

export function insertAuditEntries(db: Kysely<Tables>, rows: readonly AuditRow[]) {
  return db.insertInto("audit_entries").values(rows);
}

/** The newest entries of a page, one more than its limit. */
export function readAuditEntries(db: Kysely<Tables>, tenant: Tenant, page: IdPage): Promise<AuditRow[]> {
  return entriesBefore(db, tenant, page.before)
    .selectAll()
    .orderBy("id", "desc")
    .limit(page.limit + 1)
    .execute();
}

/** The last id of a slice of `size` entries that begins below `before`; null when there are fewer entries. */
export async function findEndOfSlice(
  db: Kysely<Tables>,
  tenant: Tenant,
  before: string | null,
  size: number,
): Promise<string | null> {
  const last = await entriesBefore(db, tenant, before)
    .select("id")
    .orderBy("id", "desc")
    .offset(size - 1)
    .limit(1)
    .executeTakeFirst();
  return last?.id ?? null;
}

/** At most `limit` entries of a slice that fit `filter`, newest first. */
export function searchAuditSlice(
  db: Kysely<Tables>,
  tenant: Tenant,
  slice: { before: string | null; end: string | null; limit: number },
  { search, action, actorId, deviceId }: AuditQuery,
): Promise<AuditRow[]> {
  let query = entriesBefore(db, tenant, slice.before);
  if (slice.end !== null) query = query.where("id", ">=", slice.end);
  if (action) query = query.where("action", "in", action);
  if (actorId) query = query.where("actor_id", "=", actorId);
  // The text has the ids of the subject and of the devices in the details.
  for (const text of [search?.toLowerCase(), deviceId]) {
    if (text) query = query.where(sql<boolean>`search_text like ${containing(text)} escape '\\'`);
  }
  return query.selectAll().orderBy("id", "desc").limit(slice.limit).execute();
}

function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
}

function entriesBefore(db: Kysely<Tables>, tenant: Tenant, before: string | null) {
  const query = db
    .selectFrom("audit_entries")
    .where("org_id", "=", tenant.orgId)
    .where(isWithinLimit(tenant, "customer_id"));
  return before === null ? query : query.where("id", "<", before);
}
