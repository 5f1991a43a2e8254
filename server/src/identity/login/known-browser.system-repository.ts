import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";

export type KnownBrowserRow = Tables["known_browsers"];

/** Accounts that signed in with the browser of this secret and are still known in it at `at`. */
export async function findAccountsOfBrowser(
  db: Kysely<Tables>,
  secretHash: string,
  at: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom("known_browsers")
    .select("user_id")
    .where("secret_hash", "=", secretHash)
    .where("expires_at", ">", at)
    .execute();
  return rows.map(({ user_id }) => user_id);
}

export async function insertKnownBrowser(tx: Transaction<Tables>, row: KnownBrowserRow): Promise<void> {
  await tx.insertInto("known_browsers").values(row).execute();
}

/** Gives a browser a new secret. `userId` loses its row, the other accounts of the browser keep theirs. */
export async function replaceBrowserSecret(
  tx: Transaction<Tables>,
  userId: string,
  { previous, next }: { previous: string; next: string },
): Promise<void> {
  await tx
    .deleteFrom("known_browsers")
    .where("secret_hash", "=", previous)
    .where("user_id", "=", userId)
    .execute();
  await tx
    .updateTable("known_browsers")
    .set({ secret_hash: next })
    .where("secret_hash", "=", previous)
    .execute();
}

/** Deletes the oldest known browsers of an account beyond the newest `kept`. */
export async function trimKnownBrowsers(
  tx: Transaction<Tables>,
  userId: string,
  kept: number,
): Promise<void> {
  const surplus = await tx
    .selectFrom("known_browsers")
    .select("secret_hash")
    .where("user_id", "=", userId)
    .orderBy("created_at", "desc")
    .orderBy("secret_hash")
    .limit(1000)
    .offset(kept)
    .execute();
  if (surplus.length === 0) return;
  const hashes = surplus.map(({ secret_hash }) => secret_hash);
  await tx
    .deleteFrom("known_browsers")
    .where("user_id", "=", userId)
    .where("secret_hash", "in", hashes)
    .execute();
}

export async function deleteKnownBrowsersOf(tx: Transaction<Tables>, userId: string): Promise<void> {
  await tx.deleteFrom("known_browsers").where("user_id", "=", userId).execute();
}

export async function deleteKnownBrowsersEndedBefore(tx: Transaction<Tables>, before: number): Promise<void> {
  await tx.deleteFrom("known_browsers").where("expires_at", "<=", before).execute();
}
