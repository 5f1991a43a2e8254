import type { PolicyHours } from "@muster/shared/contracts/notification-policy.ts";

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** True when `at` is within the hours, in the local time of their zone. */
export function isWithinHours({ zone, weekdays, from, to }: PolicyHours, at: number): boolean {
  const { weekday, time } = localTimeOf(at, zone);
  if (from < to) return weekdays.includes(weekday) && from <= time && time < to;
  // Over midnight: the part after it belongs to the day before.
  const dayBefore = weekday === 1 ? 7 : weekday - 1;
  return (weekdays.includes(weekday) && time >= from) || (weekdays.includes(dayBefore) && time < to);
}

/** Weekday from 1 for Monday to 7 for Sunday, and the time as HH:MM. */
function localTimeOf(at: number, zone: string): { weekday: number; time: string } {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((found) => found.type === type)?.value ?? "";
  return { weekday: WEEKDAYS.indexOf(part("weekday")) + 1, time: `${part("hour")}:${part("minute")}` };
}
