import type { LocalRequest } from "@muster/shared/contracts/local-agent.ts";
import type { Cancel, Clock } from "../../platform/ports.ts";

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

type Deadline = {
  /** Starts it when it does not run. */
  start(): void;
  restart(): void;
  clear(): void;
};

/** Calls `passed` once it has run for `afterMs` without being cleared. */
export function createDeadline(clock: Clock, afterMs: number, passed: () => void): Deadline {
  let cancel: Cancel | null = null;

  function clear(): void {
    cancel?.();
    cancel = null;
  }
  function start(): void {
    cancel ??= clock.after(afterMs, passed);
  }
  return {
    start,
    restart() {
      clear();
      start();
    },
    clear,
  };
}

/** Costly requests without a wait, more than the messages that may be open; after them one per interval. */
export const COSTLY_REQUEST_BURST = 100;
const COSTLY_REQUEST_EVERY_MS = 500;

/** Costly requests of one user over all connections: fewer than the server accepts from a device. */
export function createCostlyRequestAllowance(clock: Clock): Allowance {
  return createAllowance(clock, COSTLY_REQUEST_BURST, COSTLY_REQUEST_EVERY_MS);
}

/** Whether a request makes the agent write, measure, start a program or ask the server. */
export function isCostly(request: LocalRequest): boolean {
  return request.verb === "read" ? request.what === "record" : request.verb !== "watch";
}
