import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { DeviceEditRow } from "./device-edits.tables.ts";

/** Running edits of all organizations that no server has continued since `before`. */
export function readAbandonedEdits(db: Kysely<Tables>, before: number): Promise<DeviceEditRow[]> {
  return db
    .selectFrom("device_edits")
    .selectAll()
    .where("state", "=", "running")
    .where("touched_at", "<", before)
    .orderBy("touched_at")
    .limit(20)
    .execute();
}

/** The oldest edit that was done before `before`. */
export function findOldEdit(db: Kysely<Tables>, before: number): Promise<{ id: string } | undefined> {
  return db
    .selectFrom("device_edits")
    .select("id")
    .where("state", "=", "done")
    .where("touched_at", "<", before)
    .orderBy("touched_at")
    .limit(1)
    .executeTakeFirst();
}

/** Deletes the first devices of an edit, and the edit itself when none is left. Returns whether it is gone. */
export async function deleteEditPart(
  tx: Transaction<Tables>,
  editId: string,
  items: number,
): Promise<boolean> {
  const last = await tx
    .selectFrom("device_edit_items")
    .select("position")
    .where("edit_id", "=", editId)
    .orderBy("position")
    .offset(items - 1)
    .limit(1)
    .executeTakeFirst();
  await tx
    .deleteFrom("device_edit_items")
    .where("edit_id", "=", editId)
    .$if(last !== undefined, (part) => part.where("position", "<=", last?.position ?? 0))
    .execute();
  if (last !== undefined) return false;
  await tx.deleteFrom("device_edits").where("id", "=", editId).execute();
  return true;
}
