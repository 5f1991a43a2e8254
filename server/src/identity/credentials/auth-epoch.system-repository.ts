import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";

/** The number that every revocation raises; whoever kept a decision about a credential looks again when it moved. */
export async function readAuthEpoch(db: Kysely<Tables>): Promise<number> {
  const row = await db.selectFrom("auth_epoch").select("epoch").where("id", "=", 1).executeTakeFirstOrThrow();
  return row.epoch;
}

/** To be called in the transaction of every change that takes a right away. */
export async function raiseAuthEpoch(tx: Transaction<Tables>): Promise<void> {
  await tx
    .updateTable("auth_epoch")
    .set((row) => ({ epoch: row("epoch", "+", 1) }))
    .where("id", "=", 1)
    .execute();
}
