import { useClock } from "../../ui/clock.ts";

/** Whole seconds until `endMs` (epoch milliseconds); 0 when it is over or there is none. */
export function useCountdown(endMs: number | null): number {
  return useClock((nowMs) => (endMs === null ? 0 : Math.max(0, Math.ceil((endMs - nowMs) / 1_000))));
}
