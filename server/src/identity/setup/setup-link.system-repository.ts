import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";

export type SetupLinkRow = Tables["setup_links"];

export async function insertSetupLink(tx: Transaction<Tables>, row: SetupLinkRow): Promise<void> {
  await tx.insertInto("setup_links").values(row).execute();
}

/** The link of a secret, unless it is used or expired at `at`. */
export function findUsableSetupLink(
  db: Kysely<Tables>,
  secretHash: string,
  at: number,
): Promise<SetupLinkRow | undefined> {
  return db
    .selectFrom("setup_links")
    .selectAll()
    .where("secret_hash", "=", secretHash)
    .where("used_at", "is", null)
    .where("expires_at", ">", at)
    .executeTakeFirst();
}

/** Marks a link as used. Returns false when it was used already or has expired. */
export async function markSetupLinkUsed(
  tx: Transaction<Tables>,
  linkId: string,
  at: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("setup_links")
    .set({ used_at: at })
    .where("id", "=", linkId)
    .where("used_at", "is", null)
    .where("expires_at", ">", at)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function deleteSetupLinksEndedBefore(tx: Transaction<Tables>, before: number): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom("setup_links")
    .where("expires_at", "<", before)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
