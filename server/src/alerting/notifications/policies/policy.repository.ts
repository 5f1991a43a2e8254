import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../../platform/database/tables.ts";
import type { PolicyRow } from "../notifications.tables.ts";

/** In their order. */
export function readPolicies(db: Kysely<Tables>, orgId: string): Promise<PolicyRow[]> {
  return db
    .selectFrom("notification_policies")
    .selectAll()
    .where("org_id", "=", orgId)
    .orderBy("position")
    .orderBy("id")
    .execute();
}

export function findPolicy(
  db: Kysely<Tables>,
  orgId: string,
  policyId: string,
): Promise<PolicyRow | undefined> {
  return db
    .selectFrom("notification_policies")
    .selectAll()
    .where("org_id", "=", orgId)
    .where("id", "=", policyId)
    .executeTakeFirst();
}

export async function insertPolicy(tx: Transaction<Tables>, row: PolicyRow): Promise<void> {
  await tx.insertInto("notification_policies").values(row).execute();
}

/** Returns false when the policy has another version by now. */
export async function updatePolicy(
  tx: Transaction<Tables>,
  { id, org_id, position: _, ...columns }: PolicyRow,
  version: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("notification_policies")
    .set(columns)
    .where("org_id", "=", org_id)
    .where("id", "=", id)
    .where("edit_version", "=", version)
    .executeTakeFirst();
  return Number(numUpdatedRows) > 0;
}

export async function movePolicy(
  tx: Transaction<Tables>,
  orgId: string,
  policyId: string,
  position: number,
): Promise<void> {
  await tx
    .updateTable("notification_policies")
    .set({ position })
    .where("org_id", "=", orgId)
    .where("id", "=", policyId)
    .execute();
}

export async function deletePolicy(tx: Transaction<Tables>, orgId: string, policyId: string): Promise<void> {
  await tx
    .deleteFrom("notification_policies")
    .where("org_id", "=", orgId)
    .where("id", "=", policyId)
    .execute();
}
