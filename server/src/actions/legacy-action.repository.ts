import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../platform/database/tables.ts";
import type { ActionRow } from "./actions.tables.ts";

/** The name of an action for its legacy system; undefined where it has none yet. */
export async function findLegacyId(
  db: Kysely<Tables>,
  orgId: string,
  actionId: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom("legacy_action_ids")
    .select("legacy_id")
    .where("org_id", "=", orgId)
    .where("action_id", "=", actionId)
    .executeTakeFirst();
  return row?.legacy_id;
}

export async function findActionByLegacyId(
  db: Kysely<Tables>,
  orgId: string,
  legacyId: string,
): Promise<Pick<ActionRow, "id" | "device_id"> | undefined> {
  return db
    .selectFrom("legacy_action_ids as o")
    .innerJoin("actions as a", "a.id", "o.action_id")
    .select(["a.id", "a.device_id"])
    .where("o.org_id", "=", orgId)
    .where("a.org_id", "=", orgId)
    .where("o.legacy_id", "=", legacyId)
    .executeTakeFirst();
}

/** Gives an action its name. Returns false when another action has that name already. */
export async function insertLegacyId(
  tx: Transaction<Tables>,
  row: Tables["legacy_action_ids"],
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("legacy_action_ids")
    .values(row)
    .onConflict((conflict) => conflict.columns(["org_id", "legacy_id"]).doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}
