import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";

/** Finds a key by its secret's hash, with the current rights of its creator: a role of null when they are no longer a member. */
export function findApiKeyBySecret(db: Kysely<Tables>, secretHash: string) {
  return db
    .selectFrom("api_keys")
    .leftJoin("memberships", (join) =>
      join
        .onRef("memberships.org_id", "=", "api_keys.org_id")
        .onRef("memberships.user_id", "=", "api_keys.creator_id"),
    )
    .leftJoin("users", "users.id", "api_keys.creator_id")
    .selectAll("api_keys")
    .select([
      "memberships.role as creator_role",
      "memberships.is_limited as is_creator_limited",
      "users.is_server_admin as is_creator_server_admin",
    ])
    .where("api_keys.secret_hash", "=", secretHash)
    .executeTakeFirst();
}

/** The organization of a key, for the command line, which does not know it. */
export function findOrganizationOfKey(
  db: Kysely<Tables>,
  keyId: string,
): Promise<{ org_id: string } | undefined> {
  return db.selectFrom("api_keys").select("org_id").where("id", "=", keyId).executeTakeFirst();
}

/** Stores the last use, unless another server stored a later one. */
export async function updateApiKeyLastUse(tx: Transaction<Tables>, keyId: string, at: number): Promise<void> {
  await tx
    .updateTable("api_keys")
    .set({ last_used_at: at })
    .where("id", "=", keyId)
    .where((row) => row.or([row("last_used_at", "is", null), row("last_used_at", "<", at)]))
    .execute();
}
