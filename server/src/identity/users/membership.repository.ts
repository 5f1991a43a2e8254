import type { Role } from "@muster/shared/contracts/identity.ts";
import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { type EditColumns, UNEDITED } from "../../platform/edit-version.ts";
import type { IdPage } from "../../platform/http/id-page.ts";

export type Member = {
  id: string;
  name: string;
  email: string;
  role: Role;
  is_limited: 0 | 1;
  created_at: number;
  last_login_at: number | null;
} & EditColumns;

function selectMembers(db: Kysely<Tables>, orgId: string) {
  return db
    .selectFrom("memberships")
    .innerJoin("users", "users.id", "memberships.user_id")
    .select([
      "users.id",
      "users.name",
      "users.email",
      "memberships.role",
      "memberships.is_limited",
      "users.created_at",
      "users.last_login_at",
      "memberships.edit_version",
      "memberships.edited_at",
      "memberships.edited_by",
    ])
    .where("memberships.org_id", "=", orgId);
}

/** Members of a page, newest account first; one more than its limit. */
export function readMembers(db: Kysely<Tables>, orgId: string, page: IdPage): Promise<Member[]> {
  let query = selectMembers(db, orgId);
  if (page.before !== null) query = query.where("users.id", "<", page.before);
  return query
    .orderBy("users.id", "desc")
    .limit(page.limit + 1)
    .execute();
}

export function findMember(db: Kysely<Tables>, orgId: string, userId: string): Promise<Member | undefined> {
  return selectMembers(db, orgId).where("users.id", "=", userId).executeTakeFirst();
}

/** Members by name. */
export function readMemberNames(
  db: Kysely<Tables>,
  orgId: string,
  limit: number,
): Promise<{ id: string; name: string }[]> {
  return db
    .selectFrom("memberships")
    .innerJoin("users", "users.id", "memberships.user_id")
    .select(["users.id", "users.name"])
    .where("memberships.org_id", "=", orgId)
    .orderBy("users.name")
    .orderBy("users.id")
    .limit(limit)
    .execute();
}

export async function insertMembership(
  tx: Transaction<Tables>,
  orgId: string,
  member: { userId: string; role: Role; isLimited: boolean; at: number },
): Promise<void> {
  await tx
    .insertInto("memberships")
    .values({
      org_id: orgId,
      user_id: member.userId,
      role: member.role,
      is_limited: member.isLimited ? 1 : 0,
      created_at: member.at,
      ...UNEDITED,
    })
    .execute();
}

/** Writes the rights and the version. */
export async function setMemberRights(
  tx: Transaction<Tables>,
  orgId: string,
  userId: string,
  {
    role,
    is_limited,
    edit_version,
    edited_at,
    edited_by,
  }: Pick<Member, "role" | "is_limited" | keyof EditColumns>,
): Promise<void> {
  await tx
    .updateTable("memberships")
    .set({ role, is_limited, edit_version, edited_at, edited_by })
    .where("org_id", "=", orgId)
    .where("user_id", "=", userId)
    .execute();
}

export async function deleteMembership(
  tx: Transaction<Tables>,
  orgId: string,
  userId: string,
): Promise<void> {
  await tx.deleteFrom("memberships").where("org_id", "=", orgId).where("user_id", "=", userId).execute();
}

export async function countOwners(db: Kysely<Tables>, orgId: string): Promise<number> {
  const { owners } = await db
    .selectFrom("memberships")
    .select(({ fn }) => fn.countAll<number>().as("owners"))
    .where("org_id", "=", orgId)
    .where("role", "=", "owner")
    .executeTakeFirstOrThrow();
  return owners;
}
