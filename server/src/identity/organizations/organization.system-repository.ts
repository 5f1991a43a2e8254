import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { OrganizationRow } from "./organization.repository.ts";

export async function insertOrganization(tx: Transaction<Tables>, row: OrganizationRow): Promise<void> {
  await tx.insertInto("organizations").values(row).execute();
}

/** All organizations of this server, oldest first. */
export function listOrganizations(db: Kysely<Tables>): Promise<OrganizationRow[]> {
  return db.selectFrom("organizations").selectAll().orderBy("created_at").orderBy("id").execute();
}

export function findFirstOrganization(db: Kysely<Tables>): Promise<OrganizationRow | undefined> {
  return db.selectFrom("organizations").selectAll().orderBy("created_at").orderBy("id").executeTakeFirst();
}
