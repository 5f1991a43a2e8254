import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { EditColumns } from "../../platform/edit-version.ts";

export type OrganizationRow = Tables["organizations"];

export function findOrganization(db: Kysely<Tables>, orgId: string): Promise<OrganizationRow | undefined> {
  return db.selectFrom("organizations").selectAll().where("id", "=", orgId).executeTakeFirst();
}

export async function updateOrganization(
  tx: Transaction<Tables>,
  orgId: string,
  change: Partial<
    Pick<
      OrganizationRow,
      | "name"
      | "offline_after_s"
      | "report_interval_s"
      | "longest_pause_s"
      | "support_contact"
      | keyof EditColumns
    >
  >,
  at: number,
): Promise<void> {
  await tx
    .updateTable("organizations")
    .set({ ...change, updated_at: at })
    .where("id", "=", orgId)
    .execute();
}

/**
 * Locks the memberships of the organization until this transaction ends, so that a rule over all members (the last owner stays) holds
 * on PostgreSQL too. Returns false when there is no such organization.
 */
export async function lockOrganization(tx: Transaction<Tables>, orgId: string, at: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("organizations")
    .set({ updated_at: at })
    .where("id", "=", orgId)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
