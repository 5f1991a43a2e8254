import type { AvailabilityDay } from "@muster/shared/contracts/availability.ts";
import { DAY_MS } from "../history/period.ts";
import { daysOf } from "./availability-range.ts";
import { type Durations, NO_TIME, type Span, toTotal } from "./measure.ts";

/** Every day of a range, also those of which nothing was recorded. */
export function toAnsweredDays(days: ReadonlyMap<number, Durations>, range: Span): AvailabilityDay[] {
  return daysOf(range).map((day) => ({
    day: new Date(day * DAY_MS).toISOString().slice(0, 10),
    ...toTotal(days.get(day) ?? NO_TIME),
  }));
}
