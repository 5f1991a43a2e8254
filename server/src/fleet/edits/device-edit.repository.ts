import { type Kysely, sql, type Transaction } from "kysely";
import type { Dialect } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { DeviceEditItemRow, DeviceEditRow } from "./device-edits.tables.ts";

type Reader = Kysely<Tables>;
type Writer = Transaction<Tables>;

/** Rows of one insert: keeps the number of bound values below SQLite's limit. */
const ROWS_PER_INSERT = 200;

export async function insertEdit(tx: Writer, edit: DeviceEditRow): Promise<void> {
  await tx.insertInto("device_edits").values(edit).execute();
}

/** The devices of an edit in their order. */
export async function insertItems(
  tx: Writer,
  { id, org_id }: DeviceEditRow,
  deviceIds: readonly string[],
): Promise<void> {
  for (let start = 0; start < deviceIds.length; start += ROWS_PER_INSERT) {
    const rows = deviceIds.slice(start, start + ROWS_PER_INSERT).map((device_id, index) => ({
      edit_id: id,
      position: start + index,
      org_id,
      device_id,
      state: "pending" as const,
      reason: null,
      former: null,
      written: null,
    }));
    await tx.insertInto("device_edit_items").values(rows).execute();
  }
}

/** The devices that an edit changed become the devices of the edit that undoes it, with their values before and after. */
export async function copyChangedItems(tx: Writer, orgId: string, from: string, into: string): Promise<void> {
  await sql`
    insert into device_edit_items (edit_id, position, org_id, device_id, state, reason, former, written)
    select ${into}, position, org_id, device_id, 'pending', null, former, written
    from device_edit_items where org_id = ${orgId} and edit_id = ${from} and state = 'changed'
  `.execute(tx);
}

/** An edit of the actor with this key. */
export function findEdit(
  db: Reader,
  orgId: string,
  { id, actorKey }: { id: string; actorKey: string },
): Promise<DeviceEditRow | undefined> {
  return db
    .selectFrom("device_edits")
    .selectAll()
    .where("org_id", "=", orgId)
    .where("id", "=", id)
    .where("actor_key", "=", actorKey)
    .executeTakeFirst();
}

/** Reads an edit and keeps other servers away from it until the transaction ends. SQLite has one writer and needs no lock. */
export function lockEdit(
  tx: Writer,
  dialect: Dialect,
  orgId: string,
  id: string,
): Promise<DeviceEditRow | undefined> {
  const query = tx.selectFrom("device_edits").selectAll().where("org_id", "=", orgId).where("id", "=", id);
  return (dialect === "postgres" ? query.forUpdate() : query).executeTakeFirst();
}

export async function updateEdit(
  tx: Writer,
  orgId: string,
  id: string,
  changes: Partial<DeviceEditRow>,
): Promise<void> {
  await tx
    .updateTable("device_edits")
    .set(changes)
    .where("org_id", "=", orgId)
    .where("id", "=", id)
    .execute();
}

/** The next devices that an edit has not dealt with. */
export function readPendingItems(
  db: Kysely<Tables>,
  orgId: string,
  editId: string,
  limit: number,
): Promise<DeviceEditItemRow[]> {
  return selectItems(db, orgId, editId, "pending").orderBy("position").limit(limit).execute();
}

/** Stores what became of devices of an edit, all in one statement. */
export async function updateItems(tx: Writer, items: readonly DeviceEditItemRow[]): Promise<void> {
  if (items.length === 0) return;
  await tx
    .insertInto("device_edit_items")
    .values(items)
    .onConflict((conflict) =>
      conflict.columns(["edit_id", "position"]).doUpdateSet(({ ref }) => ({
        state: ref("excluded.state"),
        reason: ref("excluded.reason"),
        former: ref("excluded.former"),
        written: ref("excluded.written"),
      })),
    )
    .execute();
}

export async function countItems(
  db: Reader,
  orgId: string,
  editId: string,
): Promise<Record<DeviceEditItemRow["state"], number>> {
  const rows = await db
    .selectFrom("device_edit_items")
    .select((select) => ["state", select.fn.countAll<number>().as("count")])
    .where("org_id", "=", orgId)
    .where("edit_id", "=", editId)
    .groupBy("state")
    .execute();
  const counts = { pending: 0, changed: 0, unchanged: 0, failed: 0 };
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}

/** The first items of an edit in a state. */
export function readItems(
  db: Reader,
  orgId: string,
  editId: string,
  { state, limit }: { state: DeviceEditItemRow["state"]; limit: number },
): Promise<DeviceEditItemRow[]> {
  return selectItems(db, orgId, editId, state).orderBy("position").limit(limit).execute();
}

function selectItems(db: Reader, orgId: string, editId: string, state: DeviceEditItemRow["state"]) {
  return db
    .selectFrom("device_edit_items")
    .selectAll()
    .where("org_id", "=", orgId)
    .where("edit_id", "=", editId)
    .where("state", "=", state);
}
