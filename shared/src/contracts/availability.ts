import { z } from "zod";
import { Id } from "../ids.ts";
import { DeviceFilter, ShownPresence } from "./device.ts";
import { AnyInstant, Instant } from "./text.ts";

/**
 * Whether a device was there: `up` reports arrived; `excused` they did not, for a reason that its class of machine excuses; `down` they did
 * not, without an excuse; `unknown` nobody could tell, as before its first report or while no server ran.
 */
export const AvailabilityState = z.enum(["up", "excused", "down", "unknown"]);
export type AvailabilityState = z.infer<typeof AvailabilityState>;

const seconds = z.number().int().min(0);

/**
 * Times in each state. `percent` is `100 * upS / (upS + downS)`, rounded down to three decimals, so that any outage makes it less than 100;
 * null when both are 0. Excused and unknown time is in neither. Time that was not recorded is in no field.
 */
export const AvailabilityTotal = z.object({
  /** Share of the time up in the time up or down, in percent; null when there is none. */
  percent: z.number().min(0).max(100).nullable(),
  /** Seconds in which reports arrived. */
  upS: seconds,
  /** Seconds without reports for an excused reason. */
  excusedS: seconds,
  /** Seconds without reports and without an excuse. */
  downS: seconds,
  /** Seconds in which nobody could tell: before the first report, or while no server ran. */
  unknownS: seconds,
  /** Outages that began in this time. */
  outages: z.number().int().min(0),
});
export type AvailabilityTotal = z.infer<typeof AvailabilityTotal>;

/** One day in UTC. */
export const AvailabilityDay = AvailabilityTotal.extend({
  /** The day in UTC, as `2026-11-30`. */
  day: z.iso.date(),
});
export type AvailabilityDay = z.infer<typeof AvailabilityDay>;

/** A time in one state. */
export const AvailabilityInterval = z.object({
  state: AvailabilityState,
  /** What the device was shown as when it began. */
  reason: ShownPresence.nullable(),
  from: Instant,
  /** Null while it lasts. */
  to: Instant.nullable(),
  /** Its length in seconds, without the time in which no server ran. */
  durationS: seconds,
});
export type AvailabilityInterval = z.infer<typeof AvailabilityInterval>;

const range = {
  /** Start of the range; rounded down to the start of its day in UTC. 89 days before the last one when left out. */
  from: AnyInstant.optional(),
  /** End of the range; rounded up to the end of its day in UTC, now at most. Now when left out. */
  to: AnyInstant.optional(),
};

export const AvailabilityQuery = z.object(range);
export type AvailabilityQuery = z.infer<typeof AvailabilityQuery>;

export const FleetAvailabilityQuery = DeviceFilter.extend(range);
export type FleetAvailabilityQuery = z.infer<typeof FleetAvailabilityQuery>;

const answered = {
  /** Start of the range. */
  from: Instant,
  /** End of the range. */
  to: Instant,
  /** All days of the range, oldest first. */
  days: z.array(AvailabilityDay),
  /** The whole range. */
  total: AvailabilityTotal,
  /** The last 24 hours, to the second, whatever the range. */
  last24Hours: AvailabilityTotal,
};

/** The availability of a device by days. */
export const DeviceAvailability = z.object({
  ...answered,
  /** Nothing was recorded before this; null when nothing was recorded. */
  recordedSince: Instant.nullable(),
  /** The newest 100 times in the range in which the device was not up, newest first. */
  intervals: z.array(AvailabilityInterval),
  /** True when there are more, or when older ones were merged into their days. */
  areIntervalsLimited: z.boolean(),
});
export type DeviceAvailability = z.infer<typeof DeviceAvailability>;

/** The availability of a group of devices by days: the times of all of them together. */
export const FleetAvailability = z.object({
  ...answered,
  /** Devices in the group. */
  devices: z.number().int().min(0),
  /** Up to ten devices with the lowest availability in the range, the lowest first; none that was never down. */
  lowest: z.array(
    AvailabilityTotal.extend({
      id: Id,
      /** Name of the device. */
      name: z.string(),
    }),
  ),
});
export type FleetAvailability = z.infer<typeof FleetAvailability>;
