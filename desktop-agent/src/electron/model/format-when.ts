import type { Formats } from "@muster/shared/i18n/formats.ts";

const HALF_A_DAY_MS = 12 * 3_600_000;

/** Formats an instant: the time alone within 12 hours, with the weekday within 6 days, otherwise with the date. */
export function formatWhen(atMs: number, nowMs: number, formats: Formats): string {
  const distanceMs = Math.abs(atMs - nowMs);
  if (distanceMs < HALF_A_DAY_MS) return formats.clock(atMs);
  return distanceMs < 6 * 24 * 3_600_000 ? formats.weekday(atMs) : formats.minute(atMs);
}
