import type { Resolution } from "@muster/shared/contracts/history.ts";
import { DAY_MS, FIVE_MINUTES_MS, HOUR_MS } from "./period.ts";

/** A week in steps of 5 minutes has 2,016. */
export const MAX_POINTS = 2_050;

/** Up to this range, samples that are too many are thinned; beyond it, the stored rollups of 5 minutes are fine enough. */
export const MAX_THINNED_SPAN_MS = 12 * HOUR_MS;

const STEPS: readonly [Resolution, number][] = [
  ["5m", FIVE_MINUTES_MS],
  ["1h", HOUR_MS],
  ["1d", DAY_MS],
];

const THINNING_STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300];

/**
 * The finest resolution that a chart can use over `spanMs`: samples taken each `intervalMs`, or the first rollup with no more
 * points than fit a chart. `stepMs` is null for samples.
 */
export function chooseResolution(
  spanMs: number,
  intervalMs: number,
): { resolution: Resolution; stepMs: number | null } {
  if (spanMs / intervalMs <= MAX_POINTS) return { resolution: "raw", stepMs: null };
  return chooseRollup(spanMs);
}

/** The finest rollup with no more points over `spanMs` than fit a chart. */
export function chooseRollup(spanMs: number): { resolution: Resolution; stepMs: number } {
  const [resolution, stepMs] = STEPS.find(([, step]) => spanMs / step <= MAX_POINTS) ?? ["1d", DAY_MS];
  return { resolution, stepMs };
}

/** The step to which samples over `spanMs` are thinned, so that they fit a chart. */
export function chooseThinning(spanMs: number): number {
  const stepS = THINNING_STEPS_S.find((step) => spanMs / (step * 1000) <= MAX_POINTS) ?? 300;
  return stepS * 1000;
}
