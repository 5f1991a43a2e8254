import { sql } from "kysely";
import type { Store } from "../../platform/database/store.ts";
import type { WatchRow } from "./presence-clock.ts";

/** The watch as a row that all servers of a database share. */
export function createPresenceWatchRow(store: Store): WatchRow {
  return {
    async read() {
      const row = await store.read
        .selectFrom("presence_watch")
        .select("watched_ms")
        .executeTakeFirstOrThrow();
      return row.watched_ms;
    },
    advance: (watchedMs) =>
      store.transaction(async (tx) => {
        const row = await tx
          .updateTable("presence_watch")
          .set({ watched_ms: sql`case when watched_ms > ${watchedMs} then watched_ms else ${watchedMs} end` })
          .returning("watched_ms")
          .executeTakeFirstOrThrow();
        return row.watched_ms;
      }),
  };
}
