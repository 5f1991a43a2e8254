import { setImmediate } from "node:timers/promises";
import type { Store } from "../../platform/database/store.ts";
import type { Job } from "../../platform/jobs/job.ts";
import type { RetentionClock } from "../../platform/jobs/retention-clock.ts";
import { DAY_MS, dayOf, HOUR_MS, monthOf } from "../history/period.ts";
import { KEPT_DAYS } from "./availability-range.ts";
import { type DeviceInterval, readGaps } from "./availability.repository.ts";
import {
  deleteBeyond,
  deleteOld,
  deleteOldGaps,
  findUnfinished,
  lockIntervals,
  writeDays,
} from "./finish-days.system-repository.ts";
import { measureDays, type Span } from "./measure.ts";

/** A device goes offline hours after its last report at most, so that yesterday rarely changes after this. */
const SETTLED_AFTER_MS = 6 * HOUR_MS;
const DEVICES_PER_TRANSACTION = 10;
/** Intervals that are kept of each device, however often it changes; its days keep their sums. */
export const KEPT_INTERVALS = 500;
/** All intervals of this time are kept, because a day may have to be computed again. */
const FULLY_KEPT_MS = 8 * DAY_MS;

/**
 * Finishes the days of all devices, and deletes what is older than 400 days or beyond the newest 500 intervals. Follows the retention
 * clock, so that a wrong wall clock neither finishes days that have not been nor deletes what is not due.
 */
export function createAvailabilityJob({
  store,
  retentionClock,
}: {
  store: Store;
  retentionClock: Pick<RetentionClock, "advance">;
}): Job {
  async function finish(deviceNos: readonly number[], nextDay: number, until: number, gaps: readonly Span[]) {
    await store.transaction(async (tx) => {
      const { nextDays, intervals } = await lockIntervals(tx, store.dialect, deviceNos);
      const byDevice = Map.groupBy(intervals, ({ device_no }) => device_no);
      const days = [...nextDays].map(([deviceNo, firstDay]) => {
        const range = { from: firstDay * DAY_MS, to: nextDay * DAY_MS };
        return [deviceNo, measureFinished(byDevice.get(deviceNo) ?? [], gaps, range)] as const;
      });
      await writeDays(tx, new Map(days), nextDay);
      const oldest = until - KEPT_DAYS * DAY_MS;
      await deleteOld(tx, deviceNos, { month: monthOf(oldest), endedBefore: oldest });
      await deleteBeyond(tx, deviceNos, { kept: KEPT_INTERVALS, endedBefore: until - FULLY_KEPT_MS });
    });
  }

  return {
    name: "fleet-availability",
    everyMs: HOUR_MS,
    async run(signal) {
      const until = await retentionClock.advance();
      if (until === null) return;
      const nextDay = dayOf(until - SETTLED_AFTER_MS);
      const oldest = until - KEPT_DAYS * DAY_MS;
      const gaps = await readGaps(store.read, { from: oldest, to: until });
      for (let after = 0; !signal.aborted; ) {
        const limit = DEVICES_PER_TRANSACTION;
        const deviceNos = await findUnfinished(store.read, { beforeDay: nextDay, after, limit });
        const last = deviceNos.at(-1);
        if (last === undefined) break;
        await finish(deviceNos, nextDay, until, gaps);
        after = last;
        await setImmediate();
      }
      await store.transaction((tx) => deleteOldGaps(tx, oldest));
    },
  };
}

function measureFinished(intervals: readonly DeviceInterval[], gaps: readonly Span[], range: Span) {
  const spans = intervals.map(({ state, started_at, ended_at }) => ({
    state,
    from: started_at,
    to: ended_at ?? range.to,
  }));
  return measureDays(spans, gaps, range);
}
