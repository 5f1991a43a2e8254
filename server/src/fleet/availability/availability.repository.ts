import { type Kysely, sql } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { DAY_MS } from "../history/period.ts";
import type { Durations, Span } from "./measure.ts";
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

/** The number of a device that was looked up for its tenant, with how far its days are finished; undefined before anything was recorded. */
export async function readMark(db: Kysely<Tables>, deviceNo: number): Promise<Mark | undefined> {
  const row = await db
    .selectFrom("availability_marks")
    .selectAll()
    .where("device_no", "=", deviceNo)
    .executeTakeFirst();
  return row && { recordedSince: row.recorded_since, nextDay: row.next_day };
}

/**
 * The intervals of devices that are not in their finished days yet, and those since `since`, oldest first for each device. Each device
 * begins with the one in which that time begins.
 */
export async function readOpenIntervals(
  db: Kysely<Tables>,
  deviceNos: readonly number[],
  since: number,
): Promise<DeviceInterval[]> {
  if (deviceNos.length === 0) return [];
  const start = sql<number>`(case when m.next_day * ${sql.lit(DAY_MS)} < ${since}
    then m.next_day * ${sql.lit(DAY_MS)} else ${since} end)`;
  return db
    .selectFrom("availability_marks as m")
    .innerJoin("presence_intervals as i", "i.device_no", "m.device_no")
    .select(["m.device_no", "m.next_day", "i.started_at", "i.ended_at", "i.state", "i.reason"])
    .where("m.device_no", "in", deviceNos)
    .where(
      "i.started_at",
      ">=",
      sql<number>`coalesce((select max(p.started_at) from presence_intervals p
        where p.device_no = m.device_no and p.started_at <= ${start}), 0)`,
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

/** Finished days of devices, added up for each day or for each device. Days are since the epoch, from `first` to `last`. */
export async function sumFinishedDays(
  db: Kysely<Tables>,
  key: "day" | "device_no",
  deviceNos: readonly number[],
  { first, last }: { first: number; last: number },
): Promise<Map<number, Durations>> {
  if (deviceNos.length === 0) return new Map();
  const total = (column: "up_ms" | "excused_ms" | "down_ms" | "unknown_ms" | "outages") =>
    sql<number>`cast(sum(${sql.ref(column)}) as bigint)`;
  const rows = await db
    .selectFrom("availability_days")
    .select(sql<number>`${sql.ref(key)}`.as("key"))
    .select([
      total("up_ms").as("upMs"),
      total("excused_ms").as("excusedMs"),
      total("down_ms").as("downMs"),
      total("unknown_ms").as("unknownMs"),
      total("outages").as("outages"),
    ])
    .where("device_no", "in", deviceNos)
    .where("day", ">=", first)
    .where("day", "<=", last)
    .groupBy(key)
    .execute();
  return new Map(rows.map(({ key: value, ...durations }) => [value, durations]));
}
