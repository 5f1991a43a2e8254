import type { Kysely, Transaction } from "kysely";
import type { Store } from "../database/store.ts";
import type { Tables } from "../database/tables.ts";
import type { IdempotentRequestTable } from "./idempotency.tables.ts";

export type RequestId = Pick<IdempotentRequestTable, "org_id" | "caller" | "idempotency_key">;

const ROWS_AT_ONCE = 500;

/** The request with this key that was received after `since`. */
export function findRequest(db: Kysely<Tables>, id: RequestId, since: number) {
  return db
    .selectFrom("idempotent_requests")
    .select(["fingerprint", "answer"])
    .where((of) => of.and(id))
    .where("created_at", ">", since)
    .executeTakeFirst();
}

/** Writes a request, in place of one from before `since`. Returns false when there is a newer one. */
export async function insertRequest(
  tx: Transaction<Tables>,
  request: Omit<IdempotentRequestTable, "answer">,
  since: number,
): Promise<boolean> {
  const { org_id, caller, idempotency_key } = request;
  await tx
    .deleteFrom("idempotent_requests")
    .where((of) => of.and({ org_id, caller, idempotency_key }))
    .where("created_at", "<=", since)
    .execute();
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("idempotent_requests")
    .values({ ...request, answer: null })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return Boolean(numInsertedOrUpdatedRows);
}

export async function keepAnswer(tx: Transaction<Tables>, id: RequestId, answer: Buffer): Promise<void> {
  await tx
    .updateTable("idempotent_requests")
    .set({ answer })
    .where((of) => of.and(id))
    .execute();
}

/** Removes some of the requests from before `since`, of all organizations. Returns how many. */
export async function removeRequests(store: Store, since: number): Promise<number> {
  const rows = await store.read
    .selectFrom("idempotent_requests")
    .select(["org_id", "caller", "idempotency_key"])
    .where("created_at", "<=", since)
    .limit(ROWS_AT_ONCE)
    .execute();
  if (rows.length === 0) return 0;
  await store.transaction(async (tx) => {
    for (const id of rows) {
      await tx
        .deleteFrom("idempotent_requests")
        .where((of) => of.and(id))
        .where("created_at", "<=", since)
        .execute();
    }
  });
  return rows.length;
}
