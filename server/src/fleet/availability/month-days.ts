import { DAY_MS, dayOf, monthOf } from "../history/period.ts";
import type { Durations } from "./measure.ts";

const DAYS_A_MONTH = 31;
const FIELDS = ["upMs", "excusedMs", "downMs", "unknownMs", "outages"] as const;
const BYTES_A_DAY = FIELDS.length * 4;

/** The days of a month as they are stored: for each of 31 days five unsigned numbers of 32 bits, least significant byte first. */
export type MonthDays = Uint8Array;

/** Stores days of one month; `known` is what was stored before. */
export function encodeMonth(
  known: MonthDays | undefined,
  days: Iterable<readonly [number, Durations]>,
): MonthDays {
  const bytes = new Uint8Array(DAYS_A_MONTH * BYTES_A_DAY);
  if (known) bytes.set(known);
  const view = viewOf(bytes);
  for (const [day, durations] of days) {
    const start = (day - firstDayOf(monthOfDay(day))) * BYTES_A_DAY;
    for (const [index, field] of FIELDS.entries()) view.setUint32(start + index * 4, durations[field], true);
  }
  return bytes;
}

/** Calls `each` with the days of a month from `first` to `last` that have any time. */
export function forEachDay(
  { month, days }: { month: number; days: MonthDays },
  { first, last }: { first: number; last: number },
  each: (day: number, durations: Durations) => void,
): void {
  const view = viewOf(days);
  const monthStart = firstDayOf(month);
  const end = Math.min(last, firstDayOf(month + 1) - 1);
  for (let day = Math.max(first, monthStart); day <= end; day += 1) {
    const start = (day - monthStart) * BYTES_A_DAY;
    const number = (index: number) => view.getUint32(start + index * 4, true);
    const durations = {
      upMs: number(0),
      excusedMs: number(1),
      downMs: number(2),
      unknownMs: number(3),
      outages: number(4),
    };
    if (durations.upMs + durations.excusedMs + durations.downMs + durations.unknownMs > 0)
      each(day, durations);
  }
}

/** Months since January 1970 of a day since the epoch. */
export function monthOfDay(day: number): number {
  return monthOf(day * DAY_MS);
}

/** The first day of a month, in days since the epoch. */
function firstDayOf(month: number): number {
  return dayOf(Date.UTC(1970, month, 1));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
