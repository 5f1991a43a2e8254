import { type Kysely, sql } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { HOURS_A_DAY } from "./period.ts";

/** Finds days that have segments, of all organizations. */
export type CompactableRows = {
  /** The oldest one from `day` on, null when there is none. */
  oldestDay(day: number): Promise<number | null>;
  /** Devices above `after` that have segments of that day, ascending, at most `limit`. */
  devices(day: number, after: number, limit: number): Promise<number[]>;
};

export function createCompactableRows(db: Kysely<Tables>): CompactableRows {
  return {
    async oldestDay(day) {
      const { hour } = await db
        .selectFrom("history_segments")
        .select(({ fn }) => fn.min("period").as("hour"))
        .where("period", ">=", day * HOURS_A_DAY)
        .executeTakeFirstOrThrow();
      return hour === null ? null : Math.floor(hour / HOURS_A_DAY);
    },
    async devices(day, after, limit) {
      const rows = await db
        .selectFrom("history_segments")
        .select("device_no")
        .distinct()
        // The plus excludes the index by period: read by device, the query stops at the limit.
        .where(sql<number>`+period`, ">=", day * HOURS_A_DAY)
        .where(sql<number>`+period`, "<", (day + 1) * HOURS_A_DAY)
        .where("device_no", ">", after)
        .orderBy("device_no")
        .limit(limit)
        .execute();
      return rows.map(({ device_no }) => device_no);
    },
  };
}
