import { MusterError } from "../errors.ts";
import type { Logger } from "../logging/logger.ts";
import { isTransientFailure } from "./transient-failure.ts";

const RETRY_AFTER_S = 10;

/** Remembers whether the database took the last write, and says in the log when that changes. */
export type WriteHealth = {
  /** Runs a write. Throws `unavailable` where it fails for a reason that passes, such as a full disk. */
  track<Result>(write: () => Promise<Result>): Promise<Result>;
  /** Throws while the last write failed for such a reason. */
  assertWritable(): void;
};

export function createWriteHealth(log: Logger): WriteHealth {
  let failure: Error | null = null;

  function recordFailure(error: Error): void {
    if (!failure) log.error({ err: error }, "The database takes no writes");
    failure = error;
  }

  function recordSuccess(): void {
    if (failure) log.info("The database takes writes again");
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
        throw new MusterError("unavailable", "Nothing can be stored at the moment: try again.", {
          retryAfterS: RETRY_AFTER_S,
          cause: error,
        });
      }
    },
    assertWritable() {
      if (failure) throw new Error("The database takes no writes", { cause: failure });
    },
  };
}
