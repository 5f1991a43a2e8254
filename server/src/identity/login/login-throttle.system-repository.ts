import { type Kysely, sql, type Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";

export type ThrottleRow = Tables["login_throttles"];

export function findThrottles(db: Kysely<Tables>, buckets: readonly string[]): Promise<ThrottleRow[]> {
  return db.selectFrom("login_throttles").selectAll().where("bucket", "in", buckets).execute();
}

/**
 * Counts one failure and returns the counter with its previous delay. Parallel calls run serially, also on different servers. A
 * counter that was last changed before `forgetBefore` starts again.
 */
export function countFailure(
  tx: Transaction<Tables>,
  bucket: string,
  { at, forgetBefore }: { at: number; forgetBefore: number },
): Promise<ThrottleRow> {
  return tx
    .insertInto("login_throttles")
    .values({ bucket, failures: 1, blocked_until: 0, succeeded_at: null, updated_at: at })
    .onConflict((conflict) =>
      conflict.column("bucket").doUpdateSet({
        failures: sql<number>`case when login_throttles.updated_at < ${forgetBefore} then 1 else login_throttles.failures + 1 end`,
        updated_at: at,
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function setBlockedUntil(tx: Transaction<Tables>, bucket: string, until: number): Promise<void> {
  await tx
    .updateTable("login_throttles")
    .set({ blocked_until: until })
    .where("bucket", "=", bucket)
    .execute();
}

/** Removes one counted failure, and the delay that it caused. */
export async function uncountFailure(
  tx: Transaction<Tables>,
  bucket: string,
  { hasBlocked }: { hasBlocked: boolean },
): Promise<void> {
  await tx
    .updateTable("login_throttles")
    .set((row) => ({ failures: row("failures", "-", 1), ...(hasBlocked && { blocked_until: 0 }) }))
    .where("bucket", "=", bucket)
    .where("failures", ">", 0)
    .execute();
}

/** Resets a counter after a success. */
export async function resetFailures(tx: Transaction<Tables>, bucket: string, at: number): Promise<void> {
  await tx
    .updateTable("login_throttles")
    .set({ failures: 0, blocked_until: 0, updated_at: at })
    .where("bucket", "=", bucket)
    .execute();
}

export async function deleteOldThrottles(tx: Transaction<Tables>, updatedBefore: number): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom("login_throttles")
    .where("updated_at", "<", updatedBefore)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
