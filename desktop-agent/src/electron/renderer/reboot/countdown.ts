const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Times before a reboot at which a screen reader says how long it is, longest first. */
const MOMENTS_MS = [
  ...[24, 12, 6, 3, 2, 1].map((hours) => hours * HOUR_MS),
  ...[30, 15, 10, 5, 4, 3, 2, 1].map((minutes) => minutes * MINUTE_MS),
  ...[30, 10].map((seconds) => seconds * SECOND_MS),
];

/** The last moment that was reached, in milliseconds before the reboot; null while it is further than all. */
export function momentOf(leftMs: number): number | null {
  return MOMENTS_MS.findLast((moment) => leftMs <= moment) ?? null;
}

/** A span as a clock that counts down, in hours where it has any; seconds are rounded up, so that 0 is the end. */
export function clockText(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / SECOND_MS));
  const two = (part: number) => String(part).padStart(2, "0");
  const hours = Math.floor(seconds / 3_600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}
