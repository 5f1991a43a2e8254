import type { Clock } from "../../platform/ports.ts";

export type Allowance = {
  /** Milliseconds until one more may be taken; 0: now. */
  waitMs(): number;
  take(): void;
};

/** Allows `burst` at once and then one every `everyMs`. */
export function createAllowance(clock: Clock, burst: number, everyMs: number): Allowance {
  let left = burst;
  let atMs = clock.monotonicMs();

  function refill(): void {
    const nowMs = clock.monotonicMs();
    left = Math.min(burst, left + (nowMs - atMs) / everyMs);
    atMs = nowMs;
  }
  return {
    waitMs() {
      refill();
      return left >= 1 ? 0 : Math.ceil((1 - left) * everyMs);
    },
    take() {
      refill();
      left -= 1;
    },
  };
}
