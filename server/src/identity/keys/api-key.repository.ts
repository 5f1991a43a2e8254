import type { Kysely, Transaction } from "kysely";
import type { Dialect } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { IdPage } from "../../platform/http/id-page.ts";

export type ApiKeyRow = Tables["api_keys"];

export async function insertApiKey(tx: Transaction<Tables>, row: ApiKeyRow): Promise<void> {
  await tx.insertInto("api_keys").values(row).execute();
}

/** Keys of a page, also revoked ones, newest first; one more than its limit. */
export function readApiKeys(db: Kysely<Tables>, orgId: string, page: IdPage): Promise<ApiKeyRow[]> {
  let query = db.selectFrom("api_keys").selectAll().where("org_id", "=", orgId);
  if (page.before !== null) query = query.where("id", "<", page.before);
  return query
    .orderBy("id", "desc")
    .limit(page.limit + 1)
    .execute();
}

export function findApiKey(db: Kysely<Tables>, orgId: string, keyId: string): Promise<ApiKeyRow | undefined> {
  return db
    .selectFrom("api_keys")
    .selectAll()
    .where("org_id", "=", orgId)
    .where("id", "=", keyId)
    .executeTakeFirst();
}

/** The key, which no other transaction changes until the end of this one. SQLite has one writer and needs no lock. */
export function lockApiKey(
  tx: Transaction<Tables>,
  dialect: Dialect,
  orgId: string,
  keyId: string,
): Promise<ApiKeyRow | undefined> {
  const query = tx.selectFrom("api_keys").selectAll().where("org_id", "=", orgId).where("id", "=", keyId);
  return (dialect === "postgres" ? query.forUpdate() : query).executeTakeFirst();
}

/** The organization's key with this hash of its secret. */
export function findApiKeyOfSecret(
  db: Kysely<Tables>,
  orgId: string,
  secretHash: string,
): Promise<ApiKeyRow | undefined> {
  return db
    .selectFrom("api_keys")
    .selectAll()
    .where("org_id", "=", orgId)
    .where("secret_hash", "=", secretHash)
    .executeTakeFirst();
}

/** Writes whether the key has a limit, and its version; the customers are written apart. */
export async function updateApiKeyLimit(
  tx: Transaction<Tables>,
  { org_id, id, is_limited, edit_version, edited_at, edited_by }: ApiKeyRow,
): Promise<void> {
  await tx
    .updateTable("api_keys")
    .set({ is_limited, edit_version, edited_at, edited_by })
    .where("org_id", "=", org_id)
    .where("id", "=", id)
    .execute();
}

/** Returns false when the key was revoked already. */
export async function markApiKeyRevoked(
  tx: Transaction<Tables>,
  orgId: string,
  keyId: string,
  at: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("api_keys")
    .set({ revoked_at: at })
    .where("org_id", "=", orgId)
    .where("id", "=", keyId)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Revokes the keys that a member created in the organization. Returns how many. */
export async function revokeKeysOfCreator(
  tx: Transaction<Tables>,
  orgId: string,
  userId: string,
  at: number,
): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable("api_keys")
    .set({ revoked_at: at })
    .where("org_id", "=", orgId)
    .where("creator_id", "=", userId)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
