import type { Kysely } from "kysely";
import type { Tables } from "../platform/database/tables.ts";

/** Reads actions of all tenants, for the deadlines job and for the answers to reports. */
export function createActionSystemRepository() {
  return {
    /** How many actions wait, by device; devices without any are left out. */
    async countPending(db: Kysely<Tables>): Promise<Map<string, number>> {
      const rows = await db
        .selectFrom("actions")
        .select(["device_id", (count) => count.fn.countAll<number>().as("waiting")])
        .where("state", "=", "pending")
        .groupBy("device_id")
        .execute();
      return new Map(rows.map(({ device_id, waiting }) => [device_id, waiting]));
    },

    /** Unfinished actions with a passed deadline, in the order in which they are to be locked. */
    due(
      db: Kysely<Tables>,
      { now, expiryTime }: { now: number; expiryTime: number },
      limit: number,
    ): Promise<{ id: string; org_id: string }[]> {
      return db
        .selectFrom("actions")
        .select(["id", "org_id"])
        .where((where) =>
          where.or([
            where.and([where("state", "=", "pending"), where("valid_until", "<=", expiryTime)]),
            where.and([where("state", "=", "delivered"), where("lease_until", "<=", now)]),
            where.and([where("state", "=", "executing"), where("gives_up_at", "<=", now)]),
          ]),
        )
        .orderBy("device_id")
        .orderBy("id")
        .limit(limit)
        .execute();
    },

    /** Every unfinished action, in slices: for a restored database. */
    unfinished(db: Kysely<Tables>, limit: number): Promise<{ id: string; org_id: string }[]> {
      return db
        .selectFrom("actions")
        .select(["id", "org_id"])
        .where("state", "in", ["pending", "delivered", "executing"])
        .limit(limit)
        .execute();
    },
  };
}

export type ActionSystemRepository = ReturnType<typeof createActionSystemRepository>;
