import { type Kysely, sql, type Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { EnrolmentTokenRow } from "./enrolment-token.repository.ts";

export function findEnrolmentTokenBySecret(
  db: Kysely<Tables>,
  secretHash: string,
): Promise<EnrolmentTokenRow | undefined> {
  return db
    .selectFrom("enrolment_tokens")
    .selectAll()
    .where("secret_hash", "=", secretHash)
    .executeTakeFirst();
}

/** The organization of a token, for the command line, which does not know it. */
export function findOrganizationOfToken(
  db: Kysely<Tables>,
  tokenId: string,
): Promise<{ org_id: string } | undefined> {
  return db.selectFrom("enrolment_tokens").select("org_id").where("id", "=", tokenId).executeTakeFirst();
}

/** Takes one use of a token. Returns false when none is left, or when the token is expired or revoked. */
export async function takeEnrolmentUse(
  tx: Transaction<Tables>,
  tokenId: string,
  at: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("enrolment_tokens")
    .set((row) => ({ uses: row("uses", "+", 1) }))
    .where("id", "=", tokenId)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", at)
    .where(sql<boolean>`(max_uses is null or uses < max_uses)`)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
