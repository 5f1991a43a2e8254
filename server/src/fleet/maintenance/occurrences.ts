import type { RecurringSchedule } from "@muster/shared/contracts/maintenance-window.ts";
import { Temporal } from "temporal-polyfill";

/** A time at which a window is open, in epoch milliseconds; the end is not part of it. */
export type Occurrence = { startsAt: number; endsAt: number };

/** What is needed of a schedule: `startsAt` of a single time is known once it is stored. */
export type StoredSchedule = RecurringSchedule | { kind: "once"; startsAt: number; minutes: number };

const MINUTE_MS = 60_000;
/** A schedule with a date in every month comes back within this time, leap days and all; a year without any has none. */
const MAX_SEARCH_DAYS = 4 * 366;

/**
 * The occurrence that is open at `at`, otherwise the first one after it; null when there is none. A recurring one starts at its local
 * time: an hour later where the clock skips it, the first time where it comes twice. It lasts for its minutes of elapsed time, whatever the
 * clock does, and belongs to the day on which it starts.
 */
export function occurrenceFrom(schedule: StoredSchedule, at: number): Occurrence | null {
  for (const occurrence of occurrencesFrom(schedule, at)) return occurrence;
  return null;
}

/** The occurrences that are open at some time between `from` and `to`, `limit` at most, earliest first. */
export function occurrencesBetween(
  schedule: StoredSchedule,
  { from, to, limit }: { from: number; to: number; limit: number },
): Occurrence[] {
  const found: Occurrence[] = [];
  for (const occurrence of occurrencesFrom(schedule, from)) {
    if (occurrence.startsAt >= to || found.length === limit) break;
    found.push(occurrence);
  }
  return found;
}

function* occurrencesFrom(schedule: StoredSchedule, at: number): Generator<Occurrence> {
  if (schedule.kind === "once") {
    const occurrence = {
      startsAt: schedule.startsAt,
      endsAt: schedule.startsAt + schedule.minutes * MINUTE_MS,
    };
    if (occurrence.endsAt > at) yield occurrence;
    return;
  }
  const lengthMs = schedule.minutes * MINUTE_MS;
  const plainTime = Temporal.PlainTime.from(schedule.time);
  const until = schedule.until === null ? null : Temporal.PlainDate.from(schedule.until);
  let date = firstDate(schedule, at - lengthMs);
  for (let days = 0; days < MAX_SEARCH_DAYS; days += 1, date = date.add({ days: 1 })) {
    if (until !== null && Temporal.PlainDate.compare(date, until) > 0) return;
    if (!isOnDate(schedule, date)) continue;
    const startsAt = date.toZonedDateTime({ timeZone: schedule.zone, plainTime }).epochMilliseconds;
    if (startsAt + lengthMs <= at) continue;
    days = 0;
    yield { startsAt, endsAt: startsAt + lengthMs };
  }
}

/** The first date on which an occurrence can start that is open at `at` or later. */
function firstDate({ zone, from }: RecurringSchedule, at: number): Temporal.PlainDate {
  // A day earlier, because a date line or a shift of the clock may lie between.
  const date = Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .subtract({ days: 1 });
  const first = from === null ? null : Temporal.PlainDate.from(from);
  return first !== null && Temporal.PlainDate.compare(first, date) > 0 ? first : date;
}

function isOnDate(schedule: RecurringSchedule, date: Temporal.PlainDate): boolean {
  switch (schedule.kind) {
    case "weekly":
      return schedule.days.includes(date.dayOfWeek);
    case "monthly-date":
      return schedule.day === -1 ? date.day === date.daysInMonth : date.day === schedule.day;
    case "monthly-weekday":
      if (date.dayOfWeek !== schedule.weekday) return false;
      return schedule.week === -1
        ? date.day > date.daysInMonth - 7
        : Math.ceil(date.day / 7) === schedule.week;
  }
}
