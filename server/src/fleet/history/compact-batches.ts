import { type Kysely, sql } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { createPackedHistoryRepository } from "./packed-history.repository.ts";
import { DAY_MS, HOUR_MS } from "./period.ts";
import { mergeBlocks } from "./sample-block.ts";
import { packSamples, unpackSamples } from "./segment.ts";

const HOURS_A_DAY = DAY_MS / HOUR_MS;
const DEVICES_PER_BATCH = 10;

/** A device's day as one row, and the segments that went into it and are to be deleted with the same transaction. */
export type CompactedDay = { deviceNo: number; period: number; bytes: Uint8Array; segmentIds: number[] };

/** Merges the segments of days before `beforeDay` with what their days have already, oldest day first. Reads only. */
export async function* compactBatches(
  read: Kysely<Tables>,
  beforeDay: number,
): AsyncGenerator<CompactedDay[]> {
  const packed = createPackedHistoryRepository(read);
  let deviceNo = -1;
  for (let day = await oldestDay(read); day !== null && day < beforeDay; ) {
    const deviceNos = await devicesWithSegments(read, day, deviceNo);
    if (deviceNos.length === 0) {
      deviceNo = -1;
      day = await oldestDay(read, day + 1);
      continue;
    }
    deviceNo = Math.max(...deviceNos);
    const firstHour = day * HOURS_A_DAY;
    const segments = await packed.segments(deviceNos, firstHour, firstHour + HOURS_A_DAY - 1);
    const days = await packed.periods("history_days", deviceNos, day, day);
    const period = day;
    yield deviceNos.map((own) => {
      const ownSegments = segments.filter((row) => row.device_no === own);
      const ownDays = days.filter((row) => row.device_no === own);
      const samples = mergeBlocks([...ownDays, ...ownSegments].map(({ bytes }) => unpackSamples(bytes)));
      const segmentIds = ownSegments.map(({ id }) => id);
      return { deviceNo: own, period, bytes: packSamples(samples), segmentIds };
    });
  }
}

async function oldestDay(read: Kysely<Tables>, from = 0): Promise<number | null> {
  const { hour } = await read
    .selectFrom("history_segments")
    .select(({ fn }) => fn.min("period").as("hour"))
    .where("period", ">=", from * HOURS_A_DAY)
    .executeTakeFirstOrThrow();
  return hour === null ? null : Math.floor(hour / HOURS_A_DAY);
}

async function devicesWithSegments(read: Kysely<Tables>, day: number, after: number): Promise<number[]> {
  const rows = await read
    .selectFrom("history_segments")
    .select("device_no")
    .distinct()
    // The plus keeps the index by period out: walked by device, the reading stops at the limit.
    .where(sql<number>`+period`, ">=", day * HOURS_A_DAY)
    .where(sql<number>`+period`, "<", (day + 1) * HOURS_A_DAY)
    .where("device_no", ">", after)
    .orderBy("device_no")
    .limit(DEVICES_PER_BATCH)
    .execute();
  return rows.map(({ device_no }) => device_no);
}
