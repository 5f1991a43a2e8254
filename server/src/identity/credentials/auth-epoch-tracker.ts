import type { Clock } from "../../platform/clock.ts";
import type { Job } from "../../platform/jobs/job.ts";

/** Tracks the latest `auth_epoch`, at most `maxAgeMs` late. This bounds how long a revoked credential is still accepted. */
export type AuthEpochTracker = {
  /** The latest known epoch, however old. */
  readonly latest: number;
  /** The epoch as of at most `maxAgeMs` ago. */
  current(): number | Promise<number>;
  /** Stores an epoch that was read elsewhere, if it is newer. */
  update(epoch: number): void;
  /** Makes the next `current` read the database: for hints that a right was revoked. */
  invalidate(): void;
  /** Calls `listener` for every newer epoch, when any right was revoked. Returns a function that stops it. */
  onChange(listener: () => void): () => void;
};

export function createAuthEpochTracker(deps: {
  read: () => Promise<number>;
  clock: Clock;
  maxAgeMs: number;
}): AuthEpochTracker {
  const { read, clock, maxAgeMs } = deps;
  let latest = 0;
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<number> | null = null;
  let invalidations = 0;
  const listeners = new Set<() => void>();

  function update(epoch: number): void {
    if (epoch <= latest) return;
    latest = epoch;
    for (const listener of listeners) listener();
  }

  async function readAgain(): Promise<number> {
    const startedAt = clock.monotonic();
    const invalidationsAtStart = invalidations;
    update(await read());
    // A read that began before a hint may have missed its change.
    if (invalidations === invalidationsAtStart) readAt = startedAt;
    return latest;
  }

  return {
    get latest() {
      return latest;
    },
    current() {
      if (clock.monotonic() - readAt < maxAgeMs) return latest;
      if (reading) return reading;
      const ownRead = readAgain().finally(() => {
        if (reading === ownRead) reading = null;
      });
      reading = ownRead;
      return ownRead;
    },
    update,
    invalidate() {
      readAt = Number.NEGATIVE_INFINITY;
      reading = null;
      invalidations += 1;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Reads `auth_epoch` periodically, so that open streams of revoked credentials end without a request or a hint. */
export function createAuthEpochJob(authEpoch: AuthEpochTracker, everyMs: number): Job {
  return {
    name: "identity-epoch",
    everyMs,
    isPerServer: true,
    async run() {
      await authEpoch.current();
    },
  };
}
