import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { createCompactableRows } from "./compactable-rows.system-repository.ts";
import { createPackedHistoryRepository } from "./packed-history.repository.ts";
import { HOURS_A_DAY } from "./period.ts";
import { mergeBlocks } from "./sample-block.ts";
import { packSamples, unpackSamples } from "./segment.ts";

const DEVICES_PER_BATCH = 10;

/** A device's day as one row, and the segments that it replaces. */
export type CompactedDay = { deviceNo: number; period: number; bytes: Uint8Array; segmentIds: number[] };

/** Merges the segments of days before `beforeDay` into their days, oldest day first. Reads only. */
export async function* compactBatches(
  read: Kysely<Tables>,
  beforeDay: number,
): AsyncGenerator<CompactedDay[]> {
  const packed = createPackedHistoryRepository(read);
  const compactable = createCompactableRows(read);
  let deviceNo = -1;
  for (let day = await compactable.oldestDay(0); day !== null && day < beforeDay; ) {
    const deviceNos = await compactable.devices(day, deviceNo, DEVICES_PER_BATCH);
    if (deviceNos.length === 0) {
      deviceNo = -1;
      day = await compactable.oldestDay(day + 1);
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
