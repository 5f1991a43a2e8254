import { setImmediate } from "node:timers/promises";
import { MusterError } from "../errors.ts";
import type { ReadTurn } from "./read.ts";

/** After this, a read ends with what it has, where its answer allows that. */
const ENOUGH_MS = 500;
/** After this, a read fails. */
const MAX_READ_MS = 10_000;

/** The turn of one read. `signal` aborts when the client goes away. */
export function createReadTurn(signal: AbortSignal): ReadTurn {
  const startedAt = performance.now();
  const elapsedMs = () => performance.now() - startedAt;
  return {
    async pause() {
      // The message that abandons a read arrives between two of its statements.
      await setImmediate();
      signal.throwIfAborted();
      if (elapsedMs() > MAX_READ_MS) throw tookTooLong();
    },
    hasTime: (enoughMs = ENOUGH_MS) => elapsedMs() < enoughMs,
  };
}

export function tookTooLong(): MusterError {
  return new MusterError(
    "unavailable",
    "This search or report took too long and was stopped. Ask for less, or try again later.",
    { retryAfterS: 5 },
  );
}
