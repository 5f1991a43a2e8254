import type { Clock } from "../platform/ports.ts";

const FAILURES_TO_OPEN = 5;
const OPEN_MS = 60_000;
const HALF_OPEN_CALLS = 3;
const SUCCESSES_TO_CLOSE = 2;

/**
 * closed --5 failures in a row--> open --60 s--> half-open --2 successes--> closed
 *                         |        ^------------any failure----|
 *                         +--a user asks, or an answer comes late--> half-open
 */
type BreakerState =
  | { kind: "closed"; failures: number }
  | { kind: "open"; sinceMs: number }
  | { kind: "half-open"; calls: number; successes: number };

export type CircuitBreaker = {
  /** Asks for one call. In half-open at most three are let through before their outcomes decide. */
  allows(): boolean;
  succeeded(): void;
  failed(): void;
  /** Takes back a call that was let through and had no outcome, because it was given up. */
  abandoned(): void;
  /** A user asks for a try: an open circuit becomes half-open. */
  tryNow(): void;
  state(): BreakerState["kind"];
};

const halfOpen = () => ({ kind: "half-open", calls: 0, successes: 0 }) as const;

/** Keeps a server that does not answer from being asked again and again. Every call let through reports its outcome. */
export function createCircuitBreaker(
  clock: Pick<Clock, "monotonicMs">,
  openMs: number = OPEN_MS,
): CircuitBreaker {
  let state: BreakerState = { kind: "closed", failures: 0 };

  function settle(): BreakerState {
    if (state.kind === "open" && clock.monotonicMs() - state.sinceMs >= openMs) {
      state = halfOpen();
    }
    return state;
  }

  function open(): void {
    state = { kind: "open", sinceMs: clock.monotonicMs() };
  }

  return {
    allows() {
      const now = settle();
      if (now.kind === "closed") return true;
      if (now.kind === "open" || now.calls >= HALF_OPEN_CALLS) return false;
      now.calls += 1;
      return true;
    },
    succeeded() {
      if (state.kind === "closed") {
        state.failures = 0;
        return;
      }
      // A request that left before it opened was answered after: the server is there.
      const successes = state.kind === "open" ? 1 : state.successes + 1;
      state =
        successes >= SUCCESSES_TO_CLOSE
          ? { kind: "closed", failures: 0 }
          : { kind: "half-open", calls: state.kind === "open" ? 0 : state.calls, successes };
    },
    failed() {
      if (state.kind === "half-open") return open();
      if (state.kind !== "closed") return;
      state.failures += 1;
      if (state.failures >= FAILURES_TO_OPEN) open();
    },
    abandoned() {
      if (state.kind === "half-open") state.calls -= 1;
    },
    tryNow() {
      if (state.kind === "open") state = halfOpen();
    },
    state: () => settle().kind,
  };
}
