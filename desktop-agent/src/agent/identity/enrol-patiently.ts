import type { Cancel, Clock } from "../../platform/ports.ts";
import { enrol, type EnrolDeps, type EnrolOptions, type EnrolOutcome } from "./enrol.ts";

export type Patience = {
  /** Milliseconds after which no further try begins; Infinity: until it succeeds, is refused or `signal` is aborted. */
  forMs: number;
  /** Whether a server that is not reached is tried again too, and not only one that asked to wait. */
  retriesUnreached: boolean;
  /** Called before each wait. */
  waits: (reason: string, waitMs: number) => void;
  signal?: AbortSignal;
};

const FIRST_WAIT_MS = 1000;
const MAX_WAIT_MS = 60_000;

/**
 * Enrols, and tries again while the server asks to wait. Each wait is a random one of up to twice what the server asked for, and never
 * shorter: hundreds of machines behind one address otherwise return in the same second.
 */
export async function enrolPatiently(
  deps: EnrolDeps,
  options: EnrolOptions,
  patience: Patience,
): Promise<EnrolOutcome> {
  const { clock } = deps.platform;
  const untilMs = clock.monotonicMs() + patience.forMs;
  for (let tries = 0; ; tries += 1) {
    const outcome = await enrol(deps, options);
    if (outcome.kind !== "unreached") return outcome;
    const { retryAfterMs, reason } = outcome;
    if (retryAfterMs === null && !patience.retriesUnreached) return outcome;
    const backOffMs = Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** tries);
    const baseMs = retryAfterMs ?? backOffMs;
    const waitMs = Math.round(baseMs + deps.random() * Math.max(baseMs, backOffMs));
    if (clock.monotonicMs() + waitMs > untilMs) return outcome;
    patience.waits(reason, waitMs);
    if (!(await elapsed(clock, waitMs, patience.signal))) return outcome;
  }
}

/** False when the signal ended it early. */
function elapsed(clock: Clock, delayMs: number, signal: AbortSignal | undefined): Promise<boolean> {
  if (signal?.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const cancel: Cancel = clock.after(delayMs, () => {
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
