import { type Kysely, sql } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { DAY_MS } from "../history/period.ts";
import type { Span } from "./measure.ts";
import type { StoredInterval } from "./plan-interval.ts";

export type Mark = { recordedSince: number; nextDay: number };
export type DeviceInterval = StoredInterval & { device_no: number; next_day: number };

/** The times in which no server ran, in order, as far as they touch the span. */
export async function readGaps(db: Kysely<Tables>, { from, to }: Span): Promise<Span[]> {
  const rows = await db
    .selectFrom("server_gaps")
    .selectAll()
    .where("ended_at", ">", from)
    .where("started_at", "<", to)
    .orderBy("started_at")
    .execute();
  return rows.map(({ started_at, ended_at }) => ({ from: started_at, to: ended_at }));
}

/** Since when a device is recorded, and how far its days are finished; undefined before anything was recorded. */
export async function readMark(db: Kysely<Tables>, deviceNo: number): Promise<Mark | undefined> {
  const row = await db
    .selectFrom("availability_marks")
    .selectAll()
    .where("device_no", "=", deviceNo)
    .executeTakeFirst();
  return row && { recordedSince: row.recorded_since, nextDay: row.next_day };
}

/**
 * The intervals of devices that are not in their finished days yet, and those since `since`, oldest first for each device. The devices
 * are named for both tables, because PostgreSQL would otherwise read the whole of the larger one.
 */
export async function readOpenIntervals(
  db: Kysely<Tables>,
  deviceNos: readonly number[],
  since: number,
): Promise<DeviceInterval[]> {
  if (deviceNos.length === 0) return [];
  const finishedUntil = sql<number>`m.next_day * ${sql.lit(DAY_MS)}`;
  return db
    .selectFrom("presence_intervals as i")
    .innerJoin("availability_marks as m", "m.device_no", "i.device_no")
    .select(["m.device_no", "m.next_day", "i.started_at", "i.ended_at", "i.state", "i.reason"])
    .where("m.device_no", "in", deviceNos)
    .where("i.device_no", "in", deviceNos)
    .where((where) =>
      where.or([
        where("i.ended_at", "is", null),
        where("i.ended_at", ">", finishedUntil),
        where("i.ended_at", ">", since),
      ]),
    )
    .orderBy("i.device_no")
    .orderBy("i.started_at")
    .execute();
}

/** The newest intervals in a span in which the device was not up, newest first. */
export function readDowntimes(
  db: Kysely<Tables>,
  deviceNo: number,
  { from, to }: Span,
  limit: number,
): Promise<StoredInterval[]> {
  return db
    .selectFrom("presence_intervals")
    .select(["started_at", "ended_at", "state", "reason"])
    .where("device_no", "=", deviceNo)
    .where("state", "<>", "up")
    .where("started_at", "<", to)
    .where((where) => where.or([where("ended_at", "is", null), where("ended_at", ">", from)]))
    .orderBy("started_at", "desc")
    .limit(limit)
    .execute();
}

/** When the oldest interval began that is kept. */
export async function readOldestInterval(db: Kysely<Tables>, deviceNo: number): Promise<number | null> {
  const row = await db
    .selectFrom("presence_intervals")
    .select(({ fn }) => fn.min<number | null>("started_at").as("oldest"))
    .where("device_no", "=", deviceNo)
    .executeTakeFirst();
  return row?.oldest ?? null;
}

export type FinishedMonth = { device_no: number; next_day: number; month: number; days: Uint8Array };

/** The months of devices from `first` to `last`, with the day from which on they are not finished. */
export async function readMonths(
  db: Kysely<Tables>,
  deviceNos: readonly number[],
  { first, last }: { first: number; last: number },
): Promise<FinishedMonth[]> {
  if (deviceNos.length === 0) return [];
  return db
    .selectFrom("availability_marks as m")
    .innerJoin("availability_months as a", "a.device_no", "m.device_no")
    .select(["m.device_no", "m.next_day", "a.month", "a.days"])
    .where("m.device_no", "in", deviceNos)
    .where("a.device_no", "in", deviceNos)
    .where("a.month", ">=", first)
    .where("a.month", "<=", last)
    .execute();
}
