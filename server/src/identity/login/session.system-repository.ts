import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";

export type SessionRow = Tables["sessions"];

export function findSession(db: Kysely<Tables>, secretHash: string) {
  return db
    .selectFrom("sessions")
    .innerJoin("users", "users.id", "sessions.user_id")
    .selectAll("sessions")
    .select("users.name as user_name")
    .where("secret_hash", "=", secretHash)
    .executeTakeFirst();
}

export async function insertSession(tx: Transaction<Tables>, row: SessionRow): Promise<void> {
  await tx.insertInto("sessions").values(row).execute();
}

/** Ends a session; returns false when it had ended already. */
export async function deleteSession(tx: Transaction<Tables>, sessionId: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom("sessions").where("id", "=", sessionId).executeTakeFirst();
  return numDeletedRows === 1n;
}

/** Ends all sessions of a user except the `keep` newest; returns those that ended. */
export async function deleteOldestSessions(
  tx: Transaction<Tables>,
  userId: string,
  keep: number,
): Promise<Pick<SessionRow, "id" | "created_at">[]> {
  const rows = await tx
    .selectFrom("sessions")
    .select(["id", "created_at"])
    .where("user_id", "=", userId)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .execute();
  const oldest = rows.slice(keep);
  if (oldest.length > 0) {
    const ids = oldest.map(({ id }) => id);
    await tx.deleteFrom("sessions").where("id", "in", ids).execute();
  }
  return oldest;
}

/** Ends the sessions of a user except `keepId`; returns how many. */
export async function deleteSessionsOf(
  tx: Transaction<Tables>,
  userId: string,
  keepId: string | null,
): Promise<number> {
  let query = tx.deleteFrom("sessions").where("user_id", "=", userId);
  if (keepId !== null) query = query.where("id", "!=", keepId);
  return Number((await query.executeTakeFirst()).numDeletedRows);
}

/** Stores the last use, unless another server stored a later one. */
export async function updateSessionLastUse(
  tx: Transaction<Tables>,
  use: { sessionId: string; orgId: string; at: number },
): Promise<void> {
  await tx
    .updateTable("sessions")
    .set({ last_used_at: use.at, org_id: use.orgId })
    .where("id", "=", use.sessionId)
    .where("last_used_at", "<", use.at)
    .execute();
}

/** Removes sessions begun at or before `createdUntil`, or not used since `usedUntil`; returns how many. */
export async function deleteOldSessions(
  tx: Transaction<Tables>,
  limits: { createdUntil: number; usedUntil: number },
): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom("sessions")
    .where((row) =>
      row.or([row("created_at", "<=", limits.createdUntil), row("last_used_at", "<=", limits.usedUntil)]),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}
