import type { Clock } from "../platform/ports.ts";

const WINDOW_MS = 60_000;
const MAX_RETRY_RATIO = 0.3;

export type RetryBudget = {
  /** Notes one request that was sent, as a first attempt or as a retry. */
  sent(kind: "first" | "retry"): void;
  /** A retry may be made while fewer than 30 % of the last minute's requests were retries. */
  allowsRetry(): boolean;
};

/** Keeps retries a small share of all traffic, so that they cannot hold down a server that is coming back. */
export function createRetryBudget(clock: Pick<Clock, "monotonicMs">): RetryBudget {
  const requests: { atMs: number; isRetry: boolean }[] = [];

  function forgetOld(): void {
    const oldestMs = clock.monotonicMs() - WINDOW_MS;
    while (requests[0] && requests[0].atMs <= oldestMs) requests.shift();
  }

  return {
    sent(kind) {
      forgetOld();
      requests.push({ atMs: clock.monotonicMs(), isRetry: kind === "retry" });
    },
    allowsRetry() {
      forgetOld();
      const retries = requests.filter((request) => request.isRetry).length;
      return requests.length === 0 || retries / requests.length < MAX_RETRY_RATIO;
    },
  };
}
