import { z } from "zod";

const MAX_ZONE_LENGTH = 60;

/** A time of day as in "02:30". */
export const TimeOfDay = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "must be a time of day such as 02:30");

/** Name of a time zone in the IANA database, such as "Europe/Berlin". */
export const TimeZone = z
  .string()
  .max(MAX_ZONE_LENGTH)
  .refine(isTimeZone, "must be the name of a time zone such as Europe/Berlin");

/** Day of the week: 1 is Monday, 7 is Sunday. */
export const Weekday = z.number().int().min(1).max(7);

/** Zones have aliases that lists leave out, so that only a try tells. An offset is no zone: it has no daylight saving time. */
function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).format(0) !== "";
  } catch {
    return false;
  }
}
