import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";

export type LegacySessionRow = Tables["legacy_sessions"];

export async function insertLegacySession(tx: Transaction<Tables>, row: LegacySessionRow): Promise<void> {
  await tx.insertInto("legacy_sessions").values(row).execute();
}

/** The key of a session on a legacy system's pages, and its expiry; undefined for an unknown session. */
export function findKeyOfLegacySession(db: Kysely<Tables>, secretHash: string) {
  return db
    .selectFrom("legacy_sessions")
    .innerJoin("api_keys", "api_keys.id", "legacy_sessions.key_id")
    .leftJoin("memberships", (join) =>
      join
        .onRef("memberships.org_id", "=", "api_keys.org_id")
        .onRef("memberships.user_id", "=", "api_keys.creator_id"),
    )
    .selectAll("api_keys")
    .select([
      "memberships.role as creator_role",
      "legacy_sessions.secret_hash as session_hash",
      "legacy_sessions.system as session_system",
      "legacy_sessions.expires_at as session_expires_at",
    ])
    .where("legacy_sessions.secret_hash", "=", secretHash)
    .executeTakeFirst();
}

/** Ends a session. Returns its organization and key, undefined when it had ended already. */
export function deleteLegacySession(
  tx: Transaction<Tables>,
  secretHash: string,
): Promise<Pick<LegacySessionRow, "org_id" | "key_id"> | undefined> {
  return tx
    .deleteFrom("legacy_sessions")
    .where("secret_hash", "=", secretHash)
    .returning(["org_id", "key_id"])
    .executeTakeFirst();
}

export async function deleteLegacySessionsEndedBefore(
  tx: Transaction<Tables>,
  before: number,
): Promise<void> {
  await tx.deleteFrom("legacy_sessions").where("expires_at", "<", before).execute();
}
