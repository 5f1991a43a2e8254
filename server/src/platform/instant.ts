import type { Instant } from "@muster/shared/contracts/text.ts";

const DAY_MS = 86_400_000;
const YEAR_10000_MS = Date.UTC(10_000, 0);
const MAX_CACHED_DAYS = 1_000;

const twoDigits = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, "0"));
const threeDigits = Array.from({ length: 1_000 }, (_, value) => String(value).padStart(3, "0"));
const dates = new Map<number, string>();

/**
 * Formats epoch milliseconds for the v1 wire. A page of devices has hundreds of them, and Date.toISOString would take a tenth of that
 * page's time, so the date part is cached. Throws RangeError for an invalid time.
 */
export function toInstant(ms: number): Instant {
  if (!(ms >= 0 && ms < YEAR_10000_MS)) return new Date(ms).toISOString();
  const day = Math.floor(ms / DAY_MS);
  const rest = Math.floor(ms - day * DAY_MS);
  const seconds = Math.floor(rest / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = twoDigits[Math.floor(minutes / 60)];
  return `${dateOf(day)}T${hours}:${twoDigits[minutes % 60]}:${twoDigits[seconds % 60]}.${threeDigits[rest % 1000]}Z`;
}

/** Like `toInstant`, with null for what has not happened. */
export function toNullableInstant(ms: number | null): Instant | null {
  return ms === null ? null : toInstant(ms);
}

function dateOf(day: number): string {
  const known = dates.get(day);
  if (known !== undefined) return known;
  if (dates.size >= MAX_CACHED_DAYS) dates.clear();
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
  dates.set(day, date);
  return date;
}
