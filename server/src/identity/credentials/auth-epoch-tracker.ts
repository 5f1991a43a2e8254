import type { Clock } from "../../platform/clock.ts";
import type { Job } from "../../platform/jobs/job.ts";

/** Knows the newest `auth_epoch`, at most `maxAgeMs` late: that bounds how long a revoked credential is still accepted. */
export type AuthEpochTracker = {
  /** The newest one seen, however long ago. */
  readonly latest: number;
  /** One that was read at most `maxAgeMs` ago. */
  current(): number | Promise<number>;
  /** Takes over a newer one that was read elsewhere. */
  update(epoch: number): void;
  /** Makes the next `fresh` read again, for hints that a right was taken away. */
  invalidate(): void;
  /** Calls `listener` whenever a newer epoch is seen: somebody, somewhere, lost a right. Returns how to stop. */
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
    // A read that began before a hint may have missed what the hint is about.
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

/** Looks for a newer `auth_epoch` also while nobody asks, so that open streams end without a request and without a hint. */
export function createAuthEpochJob(watch: AuthEpochTracker, everyMs: number): Job {
  return {
    name: "identity-epoch",
    everyMs,
    isPerServer: true,
    async run() {
      await watch.current();
    },
  };
}
