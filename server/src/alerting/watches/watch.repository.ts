import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { WatchRow } from "./watches.tables.ts";

/** The watches of a user, the newest first. */
export function readWatches(db: Kysely<Tables>, orgId: string, userId: string): Promise<WatchRow[]> {
  return db
    .selectFrom("watches")
    .selectAll()
    .where("org_id", "=", orgId)
    .where("user_id", "=", userId)
    .orderBy("id", "desc")
    .execute();
}

/** Inserts a watch unless the user has one of the same target. */
export async function insertWatch(tx: Transaction<Tables>, row: WatchRow): Promise<void> {
  await tx
    .insertInto("watches")
    .values(row)
    .onConflict((conflict) => conflict.columns(["org_id", "user_id", "kind", "target_id"]).doNothing())
    .execute();
}

/** Deletes a watch of a user. False when there is none. */
export async function deleteWatch(
  tx: Transaction<Tables>,
  { orgId, userId, id }: { orgId: string; userId: string; id: string },
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("watches")
    .where("org_id", "=", orgId)
    .where("user_id", "=", userId)
    .where("id", "=", id)
    .executeTakeFirst();
  return Number(numDeletedRows) > 0;
}
