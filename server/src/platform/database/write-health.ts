import { MusterError } from "../errors.ts";
import type { Logger } from "../logging/logger.ts";
import { isTransientFailure } from "./transient-failure.ts";

const RETRY_AFTER_S = 10;

/** Tracks whether the last write succeeded, and logs when that changes. */
export type WriteHealth = {
  /** Runs a write. Throws `unavailable` when it fails for a transient reason, such as a full disk. */
  track<Result>(write: () => Promise<Result>): Promise<Result>;
  /** Throws when the last write failed for such a reason. */
  assertWritable(): void;
};

export function createWriteHealth(log: Logger): WriteHealth {
  let failure: Error | null = null;

  function recordFailure(error: Error): void {
    if (!failure) log.error({ err: error }, "The database does not accept writes");
    failure = error;
  }

  function recordSuccess(): void {
    if (failure) log.info("The database accepts writes again");
    failure = null;
  }

  return {
    async track(write) {
      try {
        const result = await write();
        recordSuccess();
        return result;
      } catch (error) {
        if (!isTransientFailure(error)) throw error;
        recordFailure(error);
        throw new MusterError("unavailable", "The server cannot store anything at the moment. Try again.", {
          retryAfterS: RETRY_AFTER_S,
          cause: error,
        });
      }
    },
    assertWritable() {
      if (!failure) return;
      throw new MusterError("unavailable", "The database does not accept writes", { cause: failure });
    },
  };
}
