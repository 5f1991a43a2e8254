import { ViewDefinition, type ViewQuery } from "@muster/shared/contracts/saved-view.ts";
import { type Kysely, sql, type Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { SavedViewsTable } from "../fleet.tables.ts";

/** A member of an organization. */
export type ViewReader = { orgId: string; userId: string };

/** The views of a member and the shared ones, in no order. */
export function readViews(db: Kysely<Tables>, { orgId, userId }: ViewReader): Promise<SavedViewsTable[]> {
  return db
    .selectFrom("saved_views")
    .selectAll()
    .where("org_id", "=", orgId)
    .where((where) => where.or([where("owner_id", "=", userId), where("private_to", "is", null)]))
    .execute();
}

/** One of the views that `readViews` gives. */
export function findView(
  db: Kysely<Tables>,
  { orgId, userId }: ViewReader,
  viewId: string,
): Promise<SavedViewsTable | undefined> {
  return db
    .selectFrom("saved_views")
    .selectAll()
    .where("org_id", "=", orgId)
    .where("id", "=", viewId)
    .where((where) => where.or([where("owner_id", "=", userId), where("private_to", "is", null)]))
    .executeTakeFirst();
}

/** Names and filters of those of these views that are shared, by id. */
export async function readSharedViews(
  db: Kysely<Tables>,
  orgId: string,
  viewIds: readonly string[],
): Promise<ReadonlyMap<string, { name: string; query: ViewQuery }>> {
  if (viewIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("saved_views")
    .select(["id", "name", "definition"])
    .where("org_id", "=", orgId)
    .where("id", "in", viewIds)
    .where("private_to", "is", null)
    .execute();
  return new Map(
    rows.map(({ id, name, definition }) => [
      id,
      { name, query: ViewDefinition.parse(JSON.parse(definition)).query },
    ]),
  );
}

/** How many views a member has, and how many the organization shares. */
export async function countViews(
  db: Kysely<Tables>,
  { orgId, userId }: ViewReader,
): Promise<{ own: number; shared: number }> {
  const rows = await readOwners(db, orgId);
  return {
    own: rows.filter(({ owner_id }) => owner_id === userId).length,
    shared: rows.filter(({ private_to }) => private_to === null).length,
  };
}

function readOwners(db: Kysely<Tables>, orgId: string) {
  return db
    .selectFrom("saved_views")
    .select(["owner_id", "private_to"])
    .where("org_id", "=", orgId)
    .execute();
}

export async function findViewByKey(
  db: Kysely<Tables>,
  { orgId, userId }: ViewReader,
  nameKey: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom("saved_views")
    .select("id")
    .where("org_id", "=", orgId)
    .where("owner_id", "=", userId)
    .where("name_key", "=", nameKey)
    .executeTakeFirst();
  return row?.id;
}

export async function insertView(tx: Transaction<Tables>, row: SavedViewsTable): Promise<void> {
  await tx.insertInto("saved_views").values(row).execute();
}

/** Returns false when the view has another version by now. */
export async function updateView(
  tx: Transaction<Tables>,
  row: SavedViewsTable,
  version: number,
): Promise<boolean> {
  const { id, org_id, ...columns } = row;
  const { numUpdatedRows } = await tx
    .updateTable("saved_views")
    .set(columns)
    .where("org_id", "=", org_id)
    .where("id", "=", id)
    .where("version", "=", version)
    .executeTakeFirst();
  return Number(numUpdatedRows) > 0;
}

/** The default of everybody who began with the view goes with it. */
export async function deleteView(tx: Transaction<Tables>, orgId: string, viewId: string): Promise<void> {
  await tx.deleteFrom("saved_views").where("org_id", "=", orgId).where("id", "=", viewId).execute();
}

export async function findDefaultView(
  db: Kysely<Tables>,
  { orgId, userId }: ViewReader,
): Promise<string | null> {
  const row = await db
    .selectFrom("default_views")
    .select("view_id")
    .where("org_id", "=", orgId)
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return row?.view_id ?? null;
}

export async function writeDefaultView(
  tx: Transaction<Tables>,
  { orgId, userId }: ViewReader,
  viewId: string | null,
): Promise<void> {
  if (viewId === null) {
    await tx.deleteFrom("default_views").where("org_id", "=", orgId).where("user_id", "=", userId).execute();
    return;
  }
  await tx
    .insertInto("default_views")
    .values({ org_id: orgId, user_id: userId, view_id: viewId })
    .onConflict((conflict) => conflict.columns(["org_id", "user_id"]).doUpdateSet({ view_id: viewId }))
    .execute();
}

/** Views that filter by a customer filter by another one from now on. */
export async function moveViews(
  tx: Transaction<Tables>,
  orgId: string,
  fromCustomerId: string,
  toCustomerId: string,
): Promise<void> {
  await tx
    .updateTable("saved_views")
    .set((of) => ({
      definition: sql`replace(definition, ${fromCustomerId}, ${toCustomerId})`,
      version: of("version", "+", 1),
    }))
    .where("org_id", "=", orgId)
    .where("definition", "like", `%${fromCustomerId}%`)
    .execute();
}
