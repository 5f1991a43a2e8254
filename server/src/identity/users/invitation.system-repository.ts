import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";

const MAX_SHOWN = 20;

/** Invitations of a user, oldest first, with the name of the organization. */
export function listInvitationsOf(db: Kysely<Tables>, userId: string) {
  return db
    .selectFrom("invitations")
    .innerJoin("organizations", "organizations.id", "invitations.org_id")
    .select(["invitations.id", "organizations.name as orgName", "invitations.role"])
    .where("invitations.user_id", "=", userId)
    .orderBy("invitations.id")
    .limit(MAX_SHOWN)
    .execute();
}

/** One invitation of a user, whichever organization it is from. */
export function findInvitationOf(db: Kysely<Tables>, userId: string, id: string) {
  return db
    .selectFrom("invitations")
    .selectAll()
    .where("user_id", "=", userId)
    .where("id", "=", id)
    .executeTakeFirst();
}
