import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";

/** How many limits name the customer. */
export async function countLimits(db: Kysely<Tables>, orgId: string, customerId: string): Promise<number> {
  const { count } = await db
    .selectFrom("customer_limits")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("org_id", "=", orgId)
    .where("customer_id", "=", customerId)
    .executeTakeFirstOrThrow();
  return count;
}

/** Gives the limits of a customer to another one. Returns the holders. */
export async function moveLimits(
  tx: Transaction<Tables>,
  orgId: string,
  from: string,
  into: string,
): Promise<readonly string[]> {
  const holders = await tx
    .deleteFrom("customer_limits")
    .where("org_id", "=", orgId)
    .where("customer_id", "=", from)
    .returning("holder_id")
    .execute();
  for (const { holder_id } of holders) {
    await tx
      .insertInto("customer_limits")
      .values({ org_id: orgId, holder_id, customer_id: into })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  return holders.map(({ holder_id }) => holder_id);
}

/** Tokens of the customer with which a device can enrol at `now`. */
export async function countValidTokens(
  db: Kysely<Tables>,
  orgId: string,
  customerId: string,
  now: number,
): Promise<number> {
  const { count } = await db
    .selectFrom("enrolment_tokens")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("org_id", "=", orgId)
    .where("customer_id", "=", customerId)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", now)
    .where((where) => where.or([where("max_uses", "is", null), where("uses", "<", where.ref("max_uses"))]))
    .executeTakeFirstOrThrow();
  return count;
}

/** Gives the tokens of a customer to another one, or to none. */
export async function moveTokens(
  tx: Transaction<Tables>,
  orgId: string,
  from: string,
  into: string | null,
): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable("enrolment_tokens")
    .set({ customer_id: into })
    .where("org_id", "=", orgId)
    .where("customer_id", "=", from)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
