import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";

export type UserRow = Tables["users"];
export type UserMembership = {
  orgId: string;
  orgName: string | null;
  role: Tables["memberships"]["role"];
  isLimited: 0 | 1;
};

export function findUser(db: Kysely<Tables>, userId: string): Promise<UserRow | undefined> {
  return db.selectFrom("users").selectAll().where("id", "=", userId).executeTakeFirst();
}

/** `email` in lower case. */
export function findUserByEmail(db: Kysely<Tables>, email: string): Promise<UserRow | undefined> {
  return db.selectFrom("users").selectAll().where("email", "=", email).executeTakeFirst();
}

/** Returns false when the e-mail address already has an account. */
export async function insertUser(tx: Transaction<Tables>, row: UserRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("users")
    .values(row)
    .onConflict((conflict) => conflict.column("email").doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

export async function renameUser(tx: Transaction<Tables>, userId: string, name: string): Promise<void> {
  await tx.updateTable("users").set({ name }).where("id", "=", userId).execute();
}

export async function updateLanguage(
  tx: Transaction<Tables>,
  userId: string,
  language: UserRow["language"],
): Promise<void> {
  await tx.updateTable("users").set({ language }).where("id", "=", userId).execute();
}

export async function updateLastLogin(tx: Transaction<Tables>, userId: string, at: number): Promise<void> {
  await tx.updateTable("users").set({ last_login_at: at }).where("id", "=", userId).execute();
}

export async function setServerAdmin(
  tx: Transaction<Tables>,
  userId: string,
  isServerAdmin: boolean,
): Promise<void> {
  await tx
    .updateTable("users")
    .set({ is_server_admin: isServerAdmin ? 1 : 0 })
    .where("id", "=", userId)
    .execute();
}

/** Replaces the hash `current` with `next`. Returns false when the stored hash is another one. */
export async function replacePasswordHash(
  tx: Transaction<Tables>,
  userId: string,
  current: string,
  next: string,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("users")
    .set({ password_hash: next })
    .where("id", "=", userId)
    .where("password_hash", "=", current)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Memberships of a user, oldest first. */
export function listMembershipsOf(db: Kysely<Tables>, userId: string): Promise<UserMembership[]> {
  return db
    .selectFrom("memberships")
    .innerJoin("organizations", "organizations.id", "memberships.org_id")
    .select([
      "memberships.org_id as orgId",
      "organizations.name as orgName",
      "memberships.role",
      "memberships.is_limited as isLimited",
    ])
    .where("memberships.user_id", "=", userId)
    .orderBy("memberships.created_at")
    .orderBy("memberships.org_id")
    .execute();
}

/** Deletes an account without memberships, with its sessions. Returns whether it was deleted. */
export async function deleteUserWithoutMembership(tx: Transaction<Tables>, userId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("users")
    .where("id", "=", userId)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom("memberships").select("user_id").where("user_id", "=", userId))),
    )
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** True when any organization of this server has an owner. */
export async function hasAnyOwner(db: Kysely<Tables>): Promise<boolean> {
  const row = await db
    .selectFrom("memberships")
    .select("user_id")
    .where("role", "=", "owner")
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
