import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { EditColumns } from "../../platform/edit-version.ts";
import type { IdPage } from "../../platform/http/id-page.ts";
import type { Member } from "./membership.repository.ts";
import { deleteLimit } from "../customers/customer-limit.repository.ts";

export type InvitationRow = Tables["invitations"];

/** An invitation as the organization sees it: like a member who never signed in. */
function selectInvited(db: Kysely<Tables>, orgId: string) {
  return db
    .selectFrom("invitations")
    .innerJoin("users", "users.id", "invitations.user_id")
    .select([
      "invitations.id",
      "invitations.name",
      "users.email",
      "invitations.role",
      "invitations.is_limited",
      "invitations.created_at",
      "invitations.edit_version",
      "invitations.edited_at",
      "invitations.edited_by",
    ])
    .select((row) => row.val(null).as("last_login_at"))
    .where("invitations.org_id", "=", orgId);
}

/** Invitations of a page, newest first; one more than its limit. */
export function readInvited(db: Kysely<Tables>, orgId: string, page: IdPage): Promise<Member[]> {
  let query = selectInvited(db, orgId);
  if (page.before !== null) query = query.where("invitations.id", "<", page.before);
  return query
    .orderBy("invitations.id", "desc")
    .limit(page.limit + 1)
    .execute();
}

export function findInvited(db: Kysely<Tables>, orgId: string, id: string): Promise<Member | undefined> {
  return selectInvited(db, orgId).where("invitations.id", "=", id).executeTakeFirst();
}

export async function insertInvitation(tx: Transaction<Tables>, row: InvitationRow): Promise<void> {
  await tx.insertInto("invitations").values(row).execute();
}

export async function updateInvitation(
  tx: Transaction<Tables>,
  orgId: string,
  id: string,
  change: Pick<InvitationRow, "name" | "role" | "is_limited" | keyof EditColumns>,
): Promise<void> {
  await tx.updateTable("invitations").set(change).where("org_id", "=", orgId).where("id", "=", id).execute();
}

/** Returns false when there is no such invitation any more. */
export async function deleteInvitation(tx: Transaction<Tables>, orgId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("invitations")
    .where("org_id", "=", orgId)
    .where("id", "=", id)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

export async function deleteInvitationOf(
  tx: Transaction<Tables>,
  orgId: string,
  userId: string,
): Promise<void> {
  const deleted = await tx
    .deleteFrom("invitations")
    .where("org_id", "=", orgId)
    .where("user_id", "=", userId)
    .returning("id")
    .execute();
  for (const { id } of deleted) await deleteLimit(tx, { orgId, holderId: id });
}

/** True when the address belongs to a member or an invited user of the organization. */
export async function isAddressInOrganization(
  db: Kysely<Tables>,
  orgId: string,
  email: string,
): Promise<boolean> {
  const belongs = (table: "memberships" | "invitations") =>
    db
      .selectFrom(table)
      .innerJoin("users", "users.id", `${table}.user_id`)
      .select("users.id")
      .where(`${table}.org_id`, "=", orgId)
      .where("users.email", "=", email)
      .executeTakeFirst();
  return Boolean(await belongs("memberships")) || Boolean(await belongs("invitations"));
}
