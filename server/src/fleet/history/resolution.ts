import type { Resolution } from "@muster/shared/contracts/history.ts";
import { DAY_MS, FIVE_MINUTES_MS, HOUR_MS } from "./period.ts";

// A week in steps of 5 minutes has 2,016.
const MAX_POINTS = 2_050;

const STEPS: readonly [Resolution, number][] = [
  ["5m", FIVE_MINUTES_MS],
  ["1h", HOUR_MS],
  ["1d", DAY_MS],
];

/**
 * The finest resolution that a chart can use over `spanMs`: samples taken each `intervalMs`, or the first rollup with no more
 * points than fit a chart. `stepMs` is null for samples.
 */
export function chooseResolution(
  spanMs: number,
  intervalMs: number,
): { resolution: Resolution; stepMs: number | null } {
  if (spanMs / intervalMs <= MAX_POINTS) return { resolution: "raw", stepMs: null };
  const [resolution, stepMs] = STEPS.find(([, step]) => spanMs / step <= MAX_POINTS) ?? ["1d", DAY_MS];
  return { resolution, stepMs };
}
