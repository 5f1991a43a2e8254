import { sql } from "kysely";
import type { Store } from "../../platform/database/store.ts";
import type { PresenceClockRow } from "./presence-clock.ts";

/** The presence clock as a row that all servers of a database share. */
export function createPresenceClockRow(store: Store): PresenceClockRow {
  return {
    async read() {
      const row = await store.read
        .selectFrom("presence_clock")
        .select("observed_ms")
        .executeTakeFirstOrThrow();
      return row.observed_ms;
    },
    advance: (observedMs) =>
      store.transaction(async (tx) => {
        const row = await tx
          .updateTable("presence_clock")
          .set({
            observed_ms: sql`case when observed_ms > ${observedMs} then observed_ms else ${observedMs} end`,
          })
          .returning("observed_ms")
          .executeTakeFirstOrThrow();
        return row.observed_ms;
      }),
  };
}
