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
 * Distance of `atMs` from `nowMs` (epoch milliseconds) in the largest fitting unit; negative is past. The past counts whole units, the future
 * is rounded. Within two seconds it is 0 seconds, so that clocks that differ a little do not show the future.
 */
export function relativeTime(atMs: number, nowMs: number): RelativeTime {
  const distanceMs = atMs - nowMs;
  const sizeMs = Math.abs(distanceMs);
  if (sizeMs < 2_000) return { value: 0, unit: "second" };
  const step = STEPS.find(({ upToMs }) => sizeMs < upToMs) ?? {
    unit: "year" as const,
    ms: 365.25 * 86_400_000,
  };
  // What was set for a year has some seconds less already.
  const round = distanceMs > 0 ? Math.round : Math.floor;
  return { value: Math.sign(distanceMs) * round(sizeMs / step.ms), unit: step.unit };
}

/** Milliseconds until the words for `atMs` can next change. */
export function refreshAfterMs(atMs: number, nowMs: number): number {
  const sizeMs = Math.abs(atMs - nowMs);
  if (sizeMs < 60_000) return 1_000;
  if (sizeMs < 3_600_000) return 15_000;
  return 60_000;
}
