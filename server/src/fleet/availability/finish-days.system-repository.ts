import type { Kysely, Transaction } from "kysely";
import type { Dialect } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { AvailabilityDaysTable } from "../fleet.tables.ts";
import type { DeviceInterval } from "./availability.repository.ts";
import { readOpenIntervals } from "./availability.repository.ts";

/** Keeps the number of bound values below SQLite's limit. */
const ROWS_PER_INSERT = 1_000;

/** Devices, of all organizations, that have a day before `beforeDay` to finish: the first `limit` after `after`, by their numbers. */
export async function findUnfinished(
  db: Kysely<Tables>,
  { beforeDay, after, limit }: { beforeDay: number; after: number; limit: number },
): Promise<number[]> {
  const rows = await db
    .selectFrom("availability_marks")
    .select("device_no")
    .where("next_day", "<", beforeDay)
    .where("device_no", ">", after)
    .orderBy("device_no")
    .limit(limit)
    .execute();
  return rows.map(({ device_no }) => device_no);
}

/** The marks and unfinished intervals of devices, which stay as they are until the transaction ends. */
export async function lockIntervals(
  tx: Transaction<Tables>,
  dialect: Dialect,
  deviceNos: readonly number[],
): Promise<{ nextDays: ReadonlyMap<number, number>; intervals: DeviceInterval[] }> {
  // Whoever changes the availability of a device holds this row. SQLite has one writer and needs no lock.
  if (dialect === "postgres") {
    await tx
      .selectFrom("device_state")
      .select("device_no")
      .where("device_no", "in", deviceNos)
      .orderBy("device_no")
      .forUpdate()
      .execute();
  }
  const marks = await tx
    .selectFrom("availability_marks")
    .select(["device_no", "next_day"])
    .where("device_no", "in", deviceNos)
    .execute();
  return {
    nextDays: new Map(marks.map(({ device_no, next_day }) => [device_no, next_day])),
    intervals: await readOpenIntervals(tx, deviceNos, Number.MAX_SAFE_INTEGER),
  };
}

/** Stores finished days, and that all days of these devices before `nextDay` are finished. */
export async function writeDays(
  tx: Transaction<Tables>,
  rows: readonly AvailabilityDaysTable[],
  deviceNos: readonly number[],
  nextDay: number,
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
    await tx
      .insertInto("availability_days")
      .values(rows.slice(start, start + ROWS_PER_INSERT))
      .onConflict((conflict) =>
        conflict.columns(["device_no", "day"]).doUpdateSet((day) => ({
          up_ms: day.ref("excluded.up_ms"),
          excused_ms: day.ref("excluded.excused_ms"),
          down_ms: day.ref("excluded.down_ms"),
          unknown_ms: day.ref("excluded.unknown_ms"),
          outages: day.ref("excluded.outages"),
        })),
      )
      .execute();
  }
  await tx
    .updateTable("availability_marks")
    .set({ next_day: nextDay })
    .where("device_no", "in", deviceNos)
    .where("next_day", "<", nextDay)
    .execute();
}

/** Deletes what is too old of these devices: days, and intervals that ended before `endedBefore`. */
export async function deleteOld(
  tx: Transaction<Tables>,
  deviceNos: readonly number[],
  { day, endedBefore }: { day: number; endedBefore: number },
): Promise<void> {
  await tx
    .deleteFrom("availability_days")
    .where("device_no", "in", deviceNos)
    .where("day", "<", day)
    .execute();
  await tx
    .deleteFrom("presence_intervals")
    .where("device_no", "in", deviceNos)
    .where("ended_at", "<", endedBefore)
    .execute();
}

/** Keeps the newest `kept` intervals of each device, and all that ended since `endedBefore`. */
export async function deleteBeyond(
  tx: Transaction<Tables>,
  deviceNos: readonly number[],
  { kept, endedBefore }: { kept: number; endedBefore: number },
): Promise<void> {
  const crowded = await tx
    .selectFrom("presence_intervals")
    .select("device_no")
    .where("device_no", "in", deviceNos)
    .groupBy("device_no")
    .having(({ fn }) => fn.countAll<number>(), ">", kept)
    .execute();
  for (const { device_no } of crowded) {
    const oldestKept = await tx
      .selectFrom("presence_intervals")
      .select("started_at")
      .where("device_no", "=", device_no)
      .orderBy("started_at", "desc")
      .offset(kept - 1)
      .limit(1)
      .executeTakeFirstOrThrow();
    await tx
      .deleteFrom("presence_intervals")
      .where("device_no", "=", device_no)
      .where("started_at", "<", oldestKept.started_at)
      .where("ended_at", "<", endedBefore)
      .execute();
  }
}

/** Deletes the times before `before` in which no server ran. */
export async function deleteOldGaps(tx: Transaction<Tables>, before: number): Promise<void> {
  await tx.deleteFrom("server_gaps").where("ended_at", "<", before).execute();
}
