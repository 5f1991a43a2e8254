import { sql, type Transaction } from "kysely";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { MAX_TICK_GAP_MS, type PresenceClockRow } from "./presence-clock.ts";

/** Gaps that follow each other within this time are one, so that a server that restarts again and again stores few. */
const MIN_BETWEEN_GAPS_MS = 5 * 60_000;

/** The presence clock as a row that all servers of a database share. */
export function createPresenceClockRow(store: Store): PresenceClockRow {
  return {
    advance: (observedMs, now) =>
      store.transaction(async (tx) => {
        const { ticked_at: tickedAt } = await tx
          .selectFrom("presence_clock")
          .select("ticked_at")
          .$if(store.dialect === "postgres", (row) => row.forUpdate())
          .executeTakeFirstOrThrow();
        if (tickedAt !== null && now - tickedAt > MAX_TICK_GAP_MS) await recordGap(tx, tickedAt, now);
        const row = await tx
          .updateTable("presence_clock")
          .set({
            observed_ms: sql`case when observed_ms > ${observedMs} then observed_ms else ${observedMs} end`,
            ticked_at: now,
          })
          .returning("observed_ms")
          .executeTakeFirstOrThrow();
        return row.observed_ms;
      }),
  };
}

async function recordGap(tx: Transaction<Tables>, from: number, to: number): Promise<void> {
  const last = await tx
    .selectFrom("server_gaps")
    .selectAll()
    .orderBy("started_at", "desc")
    .limit(1)
    .executeTakeFirst();
  const isContinued = last !== undefined && from - last.ended_at < MIN_BETWEEN_GAPS_MS;
  if (!isContinued) {
    await tx.insertInto("server_gaps").values({ started_at: from, ended_at: to }).execute();
  } else if (to > last.ended_at) {
    await tx
      .updateTable("server_gaps")
      .set({ ended_at: to })
      .where("started_at", "=", last.started_at)
      .execute();
  }
}
