import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";

export type SigningKeyRow = Tables["signing_keys"];

export async function insertSigningKey(tx: Transaction<Tables>, row: SigningKeyRow): Promise<void> {
  await tx.insertInto("signing_keys").values(row).execute();
}

/** Keys that are in use, oldest first. */
export function readSigningKeys(db: Kysely<Tables>, orgId: string): Promise<SigningKeyRow[]> {
  return db
    .selectFrom("signing_keys")
    .selectAll()
    .where("org_id", "=", orgId)
    .where("retired_at", "is", null)
    .orderBy("created_at")
    .execute();
}
