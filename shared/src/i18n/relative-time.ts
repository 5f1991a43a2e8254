const STEPS: readonly { unit: Intl.RelativeTimeFormatUnitSingular; ms: number; upToMs: number }[] = [
  { unit: "second", ms: 1_000, upToMs: 60_000 },
  { unit: "minute", ms: 60_000, upToMs: 3_600_000 },
  { unit: "hour", ms: 3_600_000, upToMs: 48 * 3_600_000 },
  { unit: "day", ms: 86_400_000, upToMs: 60 * 86_400_000 },
  { unit: "month", ms: 30.44 * 86_400_000, upToMs: 2 * 365.25 * 86_400_000 },
  { unit: "year", ms: 365.25 * 86_400_000, upToMs: Number.POSITIVE_INFINITY },
];

export type RelativeTime = { value: number; unit: Intl.RelativeTimeFormatUnitSingular };

/**
 * Distance of `atMs` from `nowMs` (epoch milliseconds) in the largest fitting unit; negative is past. Months and years are rounded. Within
 * two seconds it is 0 seconds, so that clocks that differ a little do not show the future.
 */
export function relativeTime(atMs: number, nowMs: number): RelativeTime {
  const distanceMs = atMs - nowMs;
  const sizeMs = Math.abs(distanceMs);
  if (sizeMs < 2_000) return { value: 0, unit: "second" };
  const step = STEPS.find(({ upToMs }) => sizeMs < upToMs) ?? {
    unit: "year" as const,
    ms: 365.25 * 86_400_000,
  };
  const size = sizeMs / step.ms;
  // A key that is valid for 365 days expires in 12 months, not in 11.
  const whole = step.unit === "month" || step.unit === "year" ? Math.round(size) : Math.floor(size);
  return { value: Math.sign(distanceMs) * whole, unit: step.unit };
}

/** Milliseconds until the words for `atMs` can next change. */
export function refreshAfterMs(atMs: number, nowMs: number): number {
  const sizeMs = Math.abs(atMs - nowMs);
  if (sizeMs < 60_000) return 1_000;
  if (sizeMs < 3_600_000) return 15_000;
  return 60_000;
}
