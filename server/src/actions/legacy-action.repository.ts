import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../platform/database/tables.ts";
import type { ActionRow } from "./actions.tables.ts";

/** The name of an action for its older system; undefined where it has none yet. */
export async function findOlderId(
  db: Kysely<Tables>,
  orgId: string,
  actionId: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom("older_action_ids")
    .select("older_id")
    .where("org_id", "=", orgId)
    .where("action_id", "=", actionId)
    .executeTakeFirst();
  return row?.older_id;
}

export async function findActionByOlderId(
  db: Kysely<Tables>,
  orgId: string,
  olderId: string,
): Promise<Pick<ActionRow, "id" | "device_id"> | undefined> {
  return db
    .selectFrom("older_action_ids as o")
    .innerJoin("actions as a", "a.id", "o.action_id")
    .select(["a.id", "a.device_id"])
    .where("o.org_id", "=", orgId)
    .where("a.org_id", "=", orgId)
    .where("o.older_id", "=", olderId)
    .executeTakeFirst();
}

/** Gives an action its name. Returns false when another action has that name already. */
export async function insertOlderId(
  tx: Transaction<Tables>,
  row: Tables["older_action_ids"],
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("older_action_ids")
    .values(row)
    .onConflict((conflict) => conflict.columns(["org_id", "older_id"]).doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}
