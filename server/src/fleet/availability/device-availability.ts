import type { AvailabilityInterval, DeviceAvailability } from "@muster/shared/contracts/availability.ts";
import { MusterError } from "../../platform/errors.ts";
import { toInstant, toNullableInstant } from "../../platform/instant.ts";
import type { Read } from "../../platform/read-threads/read.ts";
import type { Tenant } from "../../platform/tenant.ts";
import { findHistoryDevices } from "../history-devices.repository.ts";
import {
  readDowntimes,
  readGaps,
  readMark,
  readOldestInterval,
  readOpenIntervals,
} from "./availability.repository.ts";
import { readFinishedDays } from "./finished-days.ts";
import { toAnsweredDays } from "./answered-days.ts";
import { measureOpen, type MeasuredSpan, startOfOpen } from "./measure-open.ts";
import { type Span, sumOf, toTotal, withoutGaps } from "./measure.ts";
import type { StoredInterval } from "./plan-interval.ts";

/** Times without reports in one answer. */
const MAX_INTERVALS = 100;

/** The availability of a device. Throws `not-found` for a device that the tenant does not reach. */
export const deviceAvailabilityRead: Read<
  { tenant: Tenant; deviceId: string } & MeasuredSpan,
  DeviceAvailability
> = {
  name: "availability.device",
  open:
    ({ read }) =>
    async ({ tenant, deviceId, range, now }) => {
      const device = (await findHistoryDevices(read, tenant, [deviceId])).get(deviceId);
      if (!device) throw new MusterError("not-found", "There is no such device.");
      const { deviceNo } = device;
      const mark = await readMark(read, deviceNo);
      const downtimes = await readDowntimes(read, deviceNo, range, MAX_INTERVALS + 1);
      const begins = downtimes.map(({ started_at }) => started_at);
      const gaps = await readGaps(read, { from: Math.min(range.from, startOfOpen(now), ...begins), to: now });
      const days = await readFinishedDays(read, [deviceNo], range);
      const open = await readOpenIntervals(read, [deviceNo], startOfOpen(now));
      const measured = measureOpen(open, gaps, { range, now });
      days.addOpen(deviceNo, measured.days);
      const oldest = await readOldestInterval(read, deviceNo);
      return {
        from: toInstant(range.from),
        to: toInstant(range.to),
        days: toAnsweredDays(days.byDay, range),
        total: toTotal(sumOf(days.byDay.values())),
        last24Hours: toTotal(measured.last24Hours),
        recordedSince: mark === undefined ? null : toInstant(mark.recordedSince),
        intervals: downtimes.slice(0, MAX_INTERVALS).map((interval) => toAnswered(interval, gaps, now)),
        areIntervalsLimited:
          downtimes.length > MAX_INTERVALS ||
          (mark !== undefined && oldest !== null && oldest > Math.max(mark.recordedSince, range.from)),
      };
    },
};

function toAnswered(
  { state, reason, started_at, ended_at }: StoredInterval,
  gaps: readonly Span[],
  now: number,
): AvailabilityInterval {
  const ms = withoutGaps({ from: started_at, to: ended_at ?? now }, gaps);
  return {
    state,
    reason,
    from: toInstant(started_at),
    to: toNullableInstant(ended_at),
    durationS: Math.max(0, Math.round(ms / 1_000)),
  };
}
