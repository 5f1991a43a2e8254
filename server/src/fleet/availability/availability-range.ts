import type { AvailabilityQuery } from "@muster/shared/contracts/availability.ts";
import { MusterError } from "../../platform/errors.ts";
import { DAY_MS, dayOf } from "../history/period.ts";
import type { Span } from "./measure.ts";

const DEFAULT_DAYS = 90;
/** Days of which availability is kept, and the most that one answer has. */
export const KEPT_DAYS = 400;

/** Whole days in UTC, from `from` to the day of `to`; the present day ends now. Throws `bad-request` for a range that is empty or too long. */
export function rangeOf({ from, to }: AvailabilityQuery, now: number): Span {
  const end = Math.min(to === undefined ? now : Date.parse(to), now);
  const lastDay = dayOf(end - 1);
  const firstDay = from === undefined ? lastDay - DEFAULT_DAYS + 1 : dayOf(Date.parse(from));
  const range = { from: firstDay * DAY_MS, to: Math.min((lastDay + 1) * DAY_MS, now) };
  if (range.from >= range.to) throw invalid("from", "must be in the past and before to");
  if (lastDay - firstDay >= KEPT_DAYS) throw invalid("from", `must be at most ${KEPT_DAYS} days before to`);
  return range;
}

function invalid(path: string, message: string): MusterError {
  return new MusterError("bad-request", "The time range is not valid.", { details: [{ path, message }] });
}

/** The days of a range, in days since the epoch. */
export function daysOf({ from, to }: Span): number[] {
  const first = dayOf(from);
  return Array.from({ length: dayOf(to - 1) - first + 1 }, (_, index) => first + index);
}
