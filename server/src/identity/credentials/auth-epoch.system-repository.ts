import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";

/** The number that every revocation raises. Cached decisions about credentials are checked again when it changes. */
export async function readAuthEpoch(db: Kysely<Tables>): Promise<number> {
  const row = await db.selectFrom("auth_epoch").select("epoch").where("id", "=", 1).executeTakeFirstOrThrow();
  return row.epoch;
}

/** Call it in the transaction of every change that takes a right away. */
export async function raiseAuthEpoch(tx: Transaction<Tables>): Promise<void> {
  await tx
    .updateTable("auth_epoch")
    .set((row) => ({ epoch: row("epoch", "+", 1) }))
    .where("id", "=", 1)
    .execute();
}
