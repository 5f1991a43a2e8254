import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { IdPage } from "../../platform/http/id-page.ts";
import { isWithinLimit } from "../../platform/database/customer-limit.ts";
import type { Tenant } from "../../platform/tenant.ts";

export type EnrolmentTokenRow = Tables["enrolment_tokens"];

export async function insertEnrolmentToken(tx: Transaction<Tables>, row: EnrolmentTokenRow): Promise<void> {
  await tx.insertInto("enrolment_tokens").values(row).execute();
}

/** The tokens of a tenant. Every read of tokens for a member has this condition. */
function selectTokens(db: Kysely<Tables>, tenant: Tenant) {
  return db
    .selectFrom("enrolment_tokens")
    .selectAll()
    .where("org_id", "=", tenant.orgId)
    .where(isWithinLimit(tenant, "customer_id"));
}

/** Tokens of a page, also used-up ones, newest first; one more than its limit. */
export function readEnrolmentTokens(
  db: Kysely<Tables>,
  tenant: Tenant,
  page: IdPage,
): Promise<EnrolmentTokenRow[]> {
  let query = selectTokens(db, tenant);
  if (page.before !== null) query = query.where("id", "<", page.before);
  return query
    .orderBy("id", "desc")
    .limit(page.limit + 1)
    .execute();
}

export function findEnrolmentToken(
  db: Kysely<Tables>,
  tenant: Tenant,
  tokenId: string,
): Promise<EnrolmentTokenRow | undefined> {
  return selectTokens(db, tenant).where("id", "=", tokenId).executeTakeFirst();
}

/** Returns false when the token was revoked already. */
export async function markEnrolmentTokenRevoked(
  tx: Transaction<Tables>,
  orgId: string,
  tokenId: string,
  at: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("enrolment_tokens")
    .set({ revoked_at: at })
    .where("org_id", "=", orgId)
    .where("id", "=", tokenId)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
