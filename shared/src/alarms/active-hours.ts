import { z } from "zod";
import { TimeOfDay, TimeZone, Weekday } from "../contracts/local-time.ts";

const MAX_RANGES = 10;
const MINUTES_OF_DAY = 1440;

/** When a rule may open alarms or a policy is active, in local time. What a rule has opened goes on outside of them. */
export const ActiveHours = z.strictObject({
  /** IANA name of the time zone. */
  zone: TimeZone,
  /** Active within any of them. */
  ranges: z
    .array(
      z.strictObject({
        /** Days of the week on which the range begins: 1 is Monday, 7 is Sunday. */
        days: z.array(Weekday).min(1).max(7),
        /** Local time at which the range begins. */
        start: TimeOfDay,
        /** Local time at which it ends. Not after `start`: on the next day. */
        end: TimeOfDay,
      }),
    )
    .min(1)
    .max(MAX_RANGES),
});
export type ActiveHours = z.infer<typeof ActiveHours>;

/**
 * Whether an instant, in epoch milliseconds, is within the active hours. Every instant has one local time, also where the clock is put
 * forward or back, so that no rule for missing or doubled hours is needed.
 */
export function createActiveHours({ zone, ranges }: ActiveHours): (at: number) => boolean {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const spans = ranges.map(({ days, start, end }) => ({
    days: new Set(days),
    start: minutesOf(start),
    end: minutesOf(end),
  }));
  return (at) => {
    const { day, minute } = localTime(format, at);
    return spans.some(({ days, start, end }) => {
      if (end > start) return days.has(day) && minute >= start && minute < end;
      const dayBefore = day === 1 ? 7 : day - 1;
      return (days.has(day) && minute >= start) || (days.has(dayBefore) && minute < end);
    });
  };
}

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

function localTime(format: Intl.DateTimeFormat, at: number): { day: number; minute: number } {
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const minute = Number(parts.get("hour")) * 60 + Number(parts.get("minute"));
  return { day: DAYS.indexOf(parts.get("weekday") ?? "") + 1, minute: minute % MINUTES_OF_DAY };
}

function minutesOf(time: string): number {
  const [hours = "0", minutes = "0"] = time.split(":");
  return Number(hours) * 60 + Number(minutes);
}
