import type { FleetAvailability } from "@muster/shared/contracts/availability.ts";
import type { DeviceFilter } from "@muster/shared/contracts/device.ts";
import { toInstant } from "../../platform/instant.ts";
import type { Read } from "../../platform/read-threads/read.ts";
import type { Tenant } from "../../platform/tenant.ts";
import { readStoredFilter } from "../devices/device-filter.repository.ts";
import { readFinishedDays } from "./finished-days.ts";
import { toAnsweredDays } from "./answered-days.ts";
import { type DeviceInterval, readGaps, readOpenIntervals } from "./availability.repository.ts";
import { type GroupDevice, readGroup } from "./availability-group.repository.ts";
import { measureOpen, type MeasuredSpan, startOfOpen } from "./measure-open.ts";
import { type Durations, NO_TIME, percentOf, sumOf, toTotal } from "./measure.ts";

/** Devices of one statement. */
const SLICE_DEVICES = 250;
const MAX_LOWEST = 10;

type Input = { tenant: Tenant; filter: DeviceFilter } & MeasuredSpan;
type Lowest = GroupDevice & { durations: Durations };

/** The availability of all devices that a filter selects, added up. Goes through them slice by slice. */
export const fleetAvailabilityRead: Read<Input, FleetAvailability> = {
  name: "availability.fleet",
  open:
    ({ read }) =>
    async ({ tenant, filter, range, now }, turn) => {
      const stored = await readStoredFilter(read, tenant.orgId, filter);
      const gaps = await readGaps(read, { from: Math.min(range.from, startOfOpen(now)), to: now });
      const byDay = new Map<number, Durations>();
      let last24Hours = NO_TIME;
      let lowest: Lowest[] = [];
      let devices = 0;
      for (let after: number | null = 0; after !== null; ) {
        const slice = await readGroup(read, tenant, stored, { after, limit: SLICE_DEVICES, now });
        const numbers = slice.map(({ deviceNo }) => deviceNo);
        const days = await readFinishedDays(read, numbers, range);
        await turn.pause();
        const open = groupByDevice(await readOpenIntervals(read, numbers, startOfOpen(now)));
        for (const [deviceNo, intervals] of open) {
          const measured = measureOpen(intervals, gaps, { range, now });
          days.addOpen(deviceNo, measured.days);
          last24Hours = sumOf([last24Hours, measured.last24Hours]);
        }
        for (const [day, durations] of days.byDay)
          byDay.set(day, sumOf([byDay.get(day) ?? NO_TIME, durations]));
        lowest = lowestOf([...lowest, ...measuredDevices(slice, days.byDevice)]);
        devices += slice.length;
        after = slice.length < SLICE_DEVICES ? null : (numbers.at(-1) ?? null);
        await turn.pause();
      }
      return {
        from: toInstant(range.from),
        to: toInstant(range.to),
        days: toAnsweredDays(byDay, range),
        total: toTotal(sumOf(byDay.values())),
        last24Hours: toTotal(last24Hours),
        devices,
        lowest: lowest.map(({ id, name, durations }) => ({ id, name, ...toTotal(durations) })),
      };
    },
};

function groupByDevice(intervals: readonly DeviceInterval[]): Map<number, DeviceInterval[]> {
  return Map.groupBy(intervals, ({ device_no }) => device_no);
}

function measuredDevices(slice: readonly GroupDevice[], durations: ReadonlyMap<number, Durations>): Lowest[] {
  return slice.flatMap((device) => {
    const found = durations.get(device.deviceNo);
    return found && found.downMs > 0 ? [{ ...device, durations: found }] : [];
  });
}

function lowestOf(devices: readonly Lowest[]): Lowest[] {
  const percent = ({ durations }: Lowest) => percentOf(durations) ?? 100;
  return devices
    .toSorted((a, b) => percent(a) - percent(b) || b.durations.downMs - a.durations.downMs)
    .slice(0, MAX_LOWEST);
}
