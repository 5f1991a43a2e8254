import type { Cancel, Clock } from "../../platform/ports.ts";

export type Ticker = {
  /** Ticks now, and from now on every interval. */
  start(): void;
  stop(): void;
  /** From the next tick on, from which the schedule starts again. */
  setInterval(intervalMs: number): void;
};

/**
 * Calls `tick` on a fixed grid of the monotonic clock: a late timer does not shift the following ones, a tick that is still
 * under way is not overlapped, and missed ones are left out.
 */
export function createTicker(clock: Clock, firstIntervalMs: number, tick: () => Promise<void>): Ticker {
  let intervalMs = firstIntervalMs;
  let cancelTimer: Cancel = () => undefined;
  let isRunning = false;
  let isBusy = false;
  let dueMs = 0;

  function fire(): void {
    const behindMs = clock.monotonicMs() - dueMs;
    dueMs += intervalMs * (1 + Math.max(0, Math.floor(behindMs / intervalMs)));
    cancelTimer = clock.after(dueMs - clock.monotonicMs(), fire);
    if (isBusy) return;
    isBusy = true;
    void tick().finally(() => {
      isBusy = false;
    });
  }

  return {
    start() {
      if (isRunning) return;
      isRunning = true;
      dueMs = clock.monotonicMs();
      fire();
    },
    stop() {
      isRunning = false;
      cancelTimer();
    },
    setInterval(nextMs) {
      intervalMs = nextMs;
    },
  };
}
