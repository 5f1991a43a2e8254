import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../../platform/database/tables.ts";
import type { AcknowledgeLinkRow } from "../notifications.tables.ts";

/** The hash is of 256 bits, so it names the organization as well. */
export function findLink(db: Kysely<Tables>, tokenHash: string): Promise<AcknowledgeLinkRow | undefined> {
  return db
    .selectFrom("acknowledge_links")
    .selectAll()
    .where("token_hash", "=", tokenHash)
    .executeTakeFirst();
}

/** Stores a link, or extends it. */
export async function writeLink(tx: Transaction<Tables>, row: AcknowledgeLinkRow): Promise<void> {
  await tx
    .insertInto("acknowledge_links")
    .values(row)
    .onConflict((conflict) => conflict.column("token_hash").doUpdateSet({ expires_at: row.expires_at }))
    .execute();
}

export async function deleteExpiredLinks(tx: Transaction<Tables>, now: number): Promise<void> {
  await tx.deleteFrom("acknowledge_links").where("expires_at", "<=", now).execute();
}
