import type { Clock } from "../platform/ports.ts";
import type { CircuitBreaker } from "./circuit-breaker.ts";
import type { Exchange, ExchangeOutcome, ExchangeRequest } from "./exchange.ts";
import { retryAfterMs } from "./retry-after.ts";
import type { RetryBudget } from "./retry-budget.ts";

/** Longest wait within one send; a server that asks for more is left alone and the caller comes back later. */
const MAX_WAIT_MS = 10_000;

/** As an exchange, over all attempts: `unknown` as soon as one of them may have been received. Answers are below 500 and never 429. */
export type GuardedSender = {
  send(request: ExchangeRequest, options?: { attempts?: number }): Promise<ExchangeOutcome>;
  /** Whether a request would leave now, without asking for one. */
  isOpen(): boolean;
  /** The server has answered by another way than a request. */
  answered(): void;
  /** A user asks for a try: earlier failures no longer delay requests. The server's Retry-After still does. */
  tryNow(): void;
};

type Deps = {
  exchange: Exchange;
  clock: Clock;
  random: () => number;
  breaker: CircuitBreaker;
  budget: RetryBudget;
};

/** The one way to the server: every request goes past circuit breaker, retry policy, retry budget and the server's own Retry-After. */
export function createGuardedSender({ exchange, clock, random, breaker, budget }: Deps): GuardedSender {
  let waitUntilMs = 0;

  async function attempt(request: ExchangeRequest, kind: "first" | "retry"): Promise<ExchangeOutcome> {
    const leftMs = waitUntilMs - clock.monotonicMs();
    if (leftMs > 0) return notSent(`The server asked to wait ${Math.ceil(leftMs / 1000)} s more.`);
    if (!breaker.allows())
      return notSent("The server did not answer recently. The agent waits before the next try.");
    budget.sent(kind);
    const outcome = await exchange.send(request);
    if (request.signal?.aborted && outcome.kind !== "answered") breaker.abandoned();
    else if (isFailure(outcome)) breaker.failed();
    else breaker.succeeded();
    return applyRetryAfter(outcome);
  }

  function applyRetryAfter(outcome: ExchangeOutcome): ExchangeOutcome {
    if (outcome.kind !== "answered" || (outcome.status !== 429 && outcome.status !== 503)) return outcome;
    const askedMs = retryAfterMs(outcome.retryAfter, clock.wallMs());
    // Spread over a quarter more, so that machines with the same Retry-After do not return at the same instant.
    if (askedMs !== null) waitUntilMs = clock.monotonicMs() + askedMs * (1 + random() * 0.25);
    return outcome;
  }

  async function send(request: ExchangeRequest, options: { attempts?: number } = {}) {
    const attempts = options.attempts ?? MAX_ATTEMPTS;
    let mayHaveArrived = false;
    for (let number = 1; ; number += 1) {
      const outcome = await attempt(request, number === 1 ? "first" : "retry");
      if (outcome.kind === "answered" && !isTemporary(outcome.status)) return outcome;
      mayHaveArrived ||= isUncertain(outcome);
      const waitMs = Math.max(retryDelayMs(number, random), waitUntilMs - clock.monotonicMs());
      const givesUp =
        number >= attempts || waitMs > MAX_WAIT_MS || breaker.state() === "open" || !budget.allowsRetry();
      if (givesUp || !(await pause(clock, waitMs, request.signal)))
        return unreachedAfter(outcome, mayHaveArrived, waitUntilMs - clock.monotonicMs());
    }
  }

  return {
    send,
    answered: () => breaker.succeeded(),
    tryNow: () => breaker.tryNow(),
    isOpen: () => waitUntilMs <= clock.monotonicMs() && breaker.state() !== "open",
  };
}

const notSent = (reason: string): ExchangeOutcome => ({ kind: "not-sent", reason });

const isTemporary = (status: number): boolean => status === 429 || status >= 500;

const isFailure = (outcome: ExchangeOutcome): boolean => outcome.kind !== "answered" || outcome.status >= 500;

// Proxies answer 5xx also when the server behind them took the request, so only 429 is a sure refusal.
const isUncertain = (outcome: ExchangeOutcome): boolean =>
  outcome.kind === "unknown" || (outcome.kind === "answered" && outcome.status >= 500);

function unreachedAfter(outcome: ExchangeOutcome, mayHaveArrived: boolean, waitMs: number): ExchangeOutcome {
  const reason = outcome.kind === "answered" ? `The server answered ${outcome.status}.` : outcome.reason;
  const asked = waitMs > 0 ? { retryAfterMs: Math.ceil(waitMs) } : {};
  const cause = outcome.kind !== "answered" && outcome.cause !== undefined ? { cause: outcome.cause } : {};
  return { kind: mayHaveArrived ? "unknown" : "not-sent", reason, ...cause, ...asked };
}

/** Waits; false when the signal ended the wait early. */
function pause(clock: Clock, delayMs: number, signal: AbortSignal | undefined): Promise<boolean> {
  if (signal?.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const cancel = clock.after(delayMs, () => {
      signal?.removeEventListener("abort", onAbort);
      resolve(true);
    });
    function onAbort(): void {
      cancel();
      resolve(false);
    }
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

/** Attempts of one request, the first included. */
export const MAX_ATTEMPTS = 3;
const FIRST_DELAY_MS = 1000;
const FACTOR = 2;
const MAX_DELAY_MS = 60_000;
const JITTER_SPAN = 0.5;

/**
 * Milliseconds to wait before attempt `attempt + 1` (attempts count from 1): 1 s, doubled each time, at most 60 s, times a
 * jitter of 0.75 to 1.25. `random` gives 0 <= x < 1.
 */
export function retryDelayMs(attempt: number, random: () => number): number {
  const base = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * FACTOR ** (attempt - 1));
  return base * (1 + (random() - 0.5) * JITTER_SPAN);
}
