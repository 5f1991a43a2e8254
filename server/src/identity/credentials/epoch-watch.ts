import type { Clock } from "../../platform/clock.ts";

/** Knows the newest `auth_epoch`, at most `maxAgeMs` late: that bounds how long a revoked credential is still accepted. */
export type EpochWatch = {
  /** The newest one seen, however long ago. */
  readonly seen: number;
  /** One that was read at most `maxAgeMs` ago. */
  fresh(): number | Promise<number>;
  /** Takes over a newer one that was read elsewhere. */
  note(epoch: number): void;
  /** Makes the next `fresh` read again, for hints that a right was taken away. */
  expire(): void;
  /** Calls `listener` whenever a newer epoch is seen: somebody, somewhere, lost a right. Returns how to stop. */
  onMove(listener: () => void): () => void;
};

export function createEpochWatch(deps: {
  read: () => Promise<number>;
  clock: Clock;
  maxAgeMs: number;
}): EpochWatch {
  const { read, clock, maxAgeMs } = deps;
  let seen = 0;
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<number> | null = null;
  let expiries = 0;
  const listeners = new Set<() => void>();

  function note(epoch: number): void {
    if (epoch <= seen) return;
    seen = epoch;
    for (const listener of listeners) listener();
  }

  async function readAgain(): Promise<number> {
    const startedAt = clock.monotonic();
    const expiriesAtStart = expiries;
    note(await read());
    // A read that began before a hint may have missed what the hint is about.
    if (expiries === expiriesAtStart) readAt = startedAt;
    return seen;
  }

  return {
    get seen() {
      return seen;
    },
    fresh() {
      if (clock.monotonic() - readAt < maxAgeMs) return seen;
      if (reading) return reading;
      const mine = readAgain().finally(() => {
        if (reading === mine) reading = null;
      });
      reading = mine;
      return mine;
    },
    note,
    expire() {
      readAt = Number.NEGATIVE_INFINITY;
      reading = null;
      expiries += 1;
    },
    onMove(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
