import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { dayOf } from "../history/period.ts";
import { readMonths } from "./availability.repository.ts";
import { addTo, type Durations, NO_TIME, type Span } from "./measure.ts";
import { forEachDay, monthOfDay } from "./month-days.ts";

/** The days of several devices, added up in two ways. */
export type AddedDays = {
  byDay: Map<number, Durations>;
  byDevice: Map<number, Durations>;
  /** Adds days of a device that are not finished. */
  addOpen(deviceNo: number, days: ReadonlyMap<number, Durations>): void;
};

/** Adds up the finished days of devices in a range. */
export async function readFinishedDays(
  db: Kysely<Tables>,
  deviceNos: readonly number[],
  range: Span,
): Promise<AddedDays> {
  const byDay = new Map<number, Durations>();
  const byDevice = new Map<number, Durations>();
  const add = (deviceNo: number, day: number, durations: Durations) => {
    addTo(entryOf(byDay, day), durations);
    addTo(entryOf(byDevice, deviceNo), durations);
  };
  const first = dayOf(range.from);
  const last = dayOf(range.to - 1);
  const months = { first: monthOfDay(first), last: monthOfDay(last) };
  for (const month of await readMonths(db, deviceNos, months)) {
    forEachDay(month, { first, last: Math.min(last, month.next_day - 1) }, (day, durations) =>
      add(month.device_no, day, durations),
    );
  }
  return {
    byDay,
    byDevice,
    addOpen(deviceNo, days) {
      for (const [day, durations] of days) add(deviceNo, day, durations);
    },
  };
}

function entryOf(durations: Map<number, Durations>, key: number): Durations {
  const known = durations.get(key);
  if (known) return known;
  const made = { ...NO_TIME };
  durations.set(key, made);
  return made;
}
