import type { Clock } from "../../server/src/platform/clock.ts";

export type ManualClock = Clock & {
  advance(ms: number): void;
  /** Sets the wall clock forth or back, as an administrator or NTP does; the monotonic time stays. */
  step(ms: number): void;
};

/** A clock that stands still until a test moves it. */
export function createManualClock(startMs = Date.UTC(2026, 0, 5, 8)): ManualClock {
  let elapsedMs = 0;
  let steppedMs = 0;
  return {
    now: () => startMs + elapsedMs + steppedMs,
    monotonic: () => elapsedMs,
    advance(ms) {
      elapsedMs += ms;
    },
    step(ms) {
      steppedMs += ms;
    },
  };
}
