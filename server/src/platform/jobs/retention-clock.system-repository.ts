import type { Transaction } from "kysely";
import type { Store } from "../database/store.ts";
import type { Tables } from "../database/tables.ts";
import type { RetentionClockTable } from "./retention-clock.tables.ts";
import type { StoredRetention } from "./retention-pace.ts";

export type RetentionClockRow = {
  /** Replaces the row by what `change` makes of it, in one transaction. Parallel calls run serially, also on different servers. */
  update(change: (stored: StoredRetention) => StoredRetention): Promise<StoredRetention>;
  read(): Promise<StoredRetention>;
};

/** The retention clock as a row that all servers of a database share. */
export function createRetentionClockRow(store: Store): RetentionClockRow {
  return {
    update: (change) =>
      store.transaction(async (tx) => {
        const next = change(toStored(await lockRow(tx, store.dialect)));
        await tx
          .updateTable("retention_clock")
          .set({
            reached_at: next.reachedAt,
            observed_ms: next.observedMs,
            checked_at: next.checkedAt,
            state: next.state,
          })
          .execute();
        return next;
      }),
    read: async () =>
      toStored(await store.read.selectFrom("retention_clock").selectAll().executeTakeFirstOrThrow()),
  };
}

function lockRow(tx: Transaction<Tables>, dialect: Store["dialect"]): Promise<RetentionClockTable> {
  const row = tx.selectFrom("retention_clock").selectAll();
  return (dialect === "postgres" ? row.forUpdate() : row).executeTakeFirstOrThrow();
}

function toStored(row: RetentionClockTable): StoredRetention {
  return {
    reachedAt: row.reached_at,
    observedMs: row.observed_ms,
    checkedAt: row.checked_at,
    state: row.state,
  };
}
