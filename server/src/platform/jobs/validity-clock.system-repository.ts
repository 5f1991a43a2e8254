import type { Store } from "../database/store.ts";
import type { StoredFloor } from "./time-floor.ts";
import "./validity-clock.tables.ts";

export type ValidityClockRow = {
  /** Replaces the row by what `change` makes of it, in one transaction. Parallel calls run serially, also on different servers. */
  update(change: (stored: StoredFloor) => StoredFloor): Promise<StoredFloor>;
  read(): Promise<StoredFloor>;
};

/** The validity clock as a row that all servers of a database share. */
export function createValidityClockRow(store: Store): ValidityClockRow {
  return {
    update: (change) =>
      store.transaction(async (tx) => {
        const row = tx.selectFrom("validity_clock").select(["floor_at", "observed_ms"]);
        const locked = store.dialect === "postgres" ? row.forUpdate() : row;
        const { floor_at, observed_ms } = await locked.executeTakeFirstOrThrow();
        const next = change({ floorAt: floor_at, observedMs: observed_ms });
        await tx
          .updateTable("validity_clock")
          .set({ floor_at: next.floorAt, observed_ms: next.observedMs })
          .execute();
        return next;
      }),
    async read() {
      const { floor_at, observed_ms } = await store.read
        .selectFrom("validity_clock")
        .select(["floor_at", "observed_ms"])
        .executeTakeFirstOrThrow();
      return { floorAt: floor_at, observedMs: observed_ms };
    },
  };
}
