import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";

/** Who has a limit: the id of a user, an invitation or an API key. */
type Holder = { orgId: string; holderId: string };

/** The customers of a limit. */
export async function readLimit(
  db: Kysely<Tables>,
  orgId: string,
  holderId: string,
): Promise<readonly string[]> {
  return (await readLimits(db, orgId, [holderId])).get(holderId) ?? [];
}

/** The customers of several limits, by holder. */
export async function readLimits(
  db: Kysely<Tables>,
  orgId: string,
  holderIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>();
  if (holderIds.length === 0) return found;
  const rows = await db
    .selectFrom("customer_limits")
    .select(["holder_id", "customer_id"])
    .where("org_id", "=", orgId)
    .where("holder_id", "in", holderIds)
    .orderBy("customer_id")
    .execute();
  for (const { holder_id, customer_id } of rows) {
    found.set(holder_id, [...(found.get(holder_id) ?? []), customer_id]);
  }
  return found;
}

/** Replaces the customers of a limit; the caller writes `is_limited`. */
export async function writeLimit(
  tx: Transaction<Tables>,
  orgId: string,
  holderId: string,
  customerIds: readonly string[] | null,
): Promise<void> {
  await deleteLimit(tx, { orgId, holderId });
  const rows = [...new Set(customerIds)].map((customer_id) => ({
    org_id: orgId,
    holder_id: holderId,
    customer_id,
  }));
  if (rows.length > 0) await tx.insertInto("customer_limits").values(rows).execute();
}

/** Gives the limit of an invitation to the member that it became. */
export async function moveLimit(
  tx: Transaction<Tables>,
  orgId: string,
  fromHolderId: string,
  toHolderId: string,
): Promise<void> {
  await tx
    .updateTable("customer_limits")
    .set({ holder_id: toHolderId })
    .where("org_id", "=", orgId)
    .where("holder_id", "=", fromHolderId)
    .execute();
}

export async function deleteLimit(tx: Transaction<Tables>, { orgId, holderId }: Holder): Promise<void> {
  await tx
    .deleteFrom("customer_limits")
    .where("org_id", "=", orgId)
    .where("holder_id", "=", holderId)
    .execute();
}
