import type { Kysely, Transaction } from "kysely";
import type { Dialect } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { DeviceInterval } from "./availability.repository.ts";
import { readOpenIntervals } from "./availability.repository.ts";
import type { Durations } from "./measure.ts";
import { encodeMonth, monthOfDay } from "./month-days.ts";

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
  days: ReadonlyMap<number, ReadonlyMap<number, Durations>>,
  nextDay: number,
): Promise<void> {
  const deviceNos = [...days.keys()];
  if (deviceNos.length === 0) return;
  const months = [...new Set([...days.values()].flatMap((byDay) => [...byDay.keys()].map(monthOfDay)))];
  const stored = await tx
    .selectFrom("availability_months")
    .selectAll()
    .where("device_no", "in", deviceNos)
    .where("month", "in", months.length === 0 ? [-1] : months)
    .execute();
  const known = new Map(stored.map((row) => [`${row.device_no} ${row.month}`, row.days]));
  const rows = [...days].flatMap(([device_no, byDay]) =>
    [...Map.groupBy(byDay, ([day]) => monthOfDay(day))].map(([month, entries]) => ({
      device_no,
      month,
      days: Buffer.from(encodeMonth(known.get(`${device_no} ${month}`), entries)),
    })),
  );
  for (const row of rows) {
    await tx
      .insertInto("availability_months")
      .values(row)
      .onConflict((conflict) => conflict.columns(["device_no", "month"]).doUpdateSet({ days: row.days }))
      .execute();
  }
  await tx
    .updateTable("availability_marks")
    .set({ next_day: nextDay })
    .where("device_no", "in", deviceNos)
    .where("next_day", "<", nextDay)
    .execute();
}

/** Deletes what is too old of these devices: months, and intervals that ended before `endedBefore`. */
export async function deleteOld(
  tx: Transaction<Tables>,
  deviceNos: readonly number[],
  { month, endedBefore }: { month: number; endedBefore: number },
): Promise<void> {
  await tx
    .deleteFrom("availability_months")
    .where("device_no", "in", deviceNos)
    .where("month", "<", month)
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
