import type { Formats } from "@muster/shared/i18n/formats.ts";

const HALF_A_DAY_MS = 12 * 3_600_000;

/** An instant as a person would say it: the time alone while it is near, with its day when it is not. */
export function whenOf(atMs: number, nowMs: number, formats: Formats): string {
  const distanceMs = Math.abs(atMs - nowMs);
  if (distanceMs < HALF_A_DAY_MS) return formats.clock(atMs);
  return distanceMs < 6 * 24 * 3_600_000 ? formats.weekday(atMs) : formats.minute(atMs);
}
