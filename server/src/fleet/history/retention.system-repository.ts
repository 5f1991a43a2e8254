import { type Kysely, sql } from "kysely";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { lockHistory } from "./packing.system-repository.ts";

export type HistoryTable = "history_segments" | "history_days" | "history_five_minutes" | "history_hours";

const HISTORY_TABLES: readonly HistoryTable[] = [
  "history_segments",
  "history_days",
  "history_five_minutes",
  "history_hours",
];
const ROWS_PER_DELETE = 50;

export type RetentionRepository = {
  /** Deletes some rows of periods before `period`. Returns their number. */
  deleteSome(table: HistoryTable, period: number): Promise<number>;
  /** Deletes some instances that were not seen since `since`. Returns their number. */
  deleteInstances(since: number): Promise<number>;
  /** Deletes everything of a device inside the transaction that deletes the device. */
  purge(tx: Kysely<Tables>, deviceNo: number, now: number): Promise<void>;
};

export function createRetentionRepository(store: Store): RetentionRepository {
  return {
    deleteSome: (table, period) =>
      store.transaction(async (tx) => {
        const { numDeletedRows } = await tx
          .deleteFrom(table)
          .where(
            sql<boolean>`(device_no, period) in (
              select device_no, period from ${sql.table(table)}
              where period < ${period} order by period limit ${ROWS_PER_DELETE})`,
          )
          .executeTakeFirstOrThrow();
        return Number(numDeletedRows);
      }),

    deleteInstances: (since) =>
      store.transaction(async (tx) => {
        const { numDeletedRows } = await tx
          .deleteFrom("series_instances")
          .where(
            sql<boolean>`(device_no, number) in (
              select device_no, number from series_instances
              where last_seen_at < ${since} order by last_seen_at limit ${ROWS_PER_DELETE})`,
          )
          .executeTakeFirstOrThrow();
        return Number(numDeletedRows);
      }),

    async purge(tx, deviceNo, now) {
      await lockHistory(tx, store.dialect);
      await tx
        .insertInto("history_purges")
        .values({ device_no: deviceNo, purged_at: now })
        .onConflict((conflict) => conflict.column("device_no").doUpdateSet({ purged_at: now }))
        .execute();
      for (const table of HISTORY_TABLES)
        await tx.deleteFrom(table).where("device_no", "=", deviceNo).execute();
    },
  };
}
