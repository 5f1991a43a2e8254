import type { Clock } from "../../server/src/platform/clock.ts";

export type ManualClock = Clock & { advance(ms: number): void };

/** A clock that stands still until it is told to go on. */
export function createManualClock(startMs = Date.UTC(2026, 0, 5, 8)): ManualClock {
  let elapsedMs = 0;
  return {
    now: () => startMs + elapsedMs,
    monotonic: () => elapsedMs,
    advance(ms) {
      elapsedMs += ms;
    },
  };
}
