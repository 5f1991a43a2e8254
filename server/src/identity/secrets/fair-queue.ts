import { MusterError } from "../../platform/errors.ts";

const RETRY_AFTER_S = 5;

export type FairQueue = {
  /**
   * Runs `work` when its turn comes. Throws `unavailable` when too much work waits, in total or for this key.
   */
  run<Result>(key: string, work: () => Promise<Result>): Promise<Result>;
};

/**
 * Runs one piece of work at a time. The keys take turns, so that a key with much work delays another one by a single piece only.
 */
export function createFairQueue(limits: { maxQueued: number; maxQueuedPerKey: number }): FairQueue {
  /** Work that waits, by key; the key that is next stands first. */
  const waiting = new Map<string, (() => void)[]>();
  let queued = 0;
  let isBusy = false;

  function startNext(): void {
    const [first] = waiting;
    if (first === undefined) {
      isBusy = false;
      return;
    }
    const [key, [start, ...rest]] = first;
    waiting.delete(key);
    if (rest.length > 0) waiting.set(key, rest);
    queued -= 1;
    start?.();
  }

  async function waitForTurn(key: string): Promise<void> {
    const ofKey = waiting.get(key) ?? [];
    if (queued >= limits.maxQueued || ofKey.length >= limits.maxQueuedPerKey) throw busyError();
    queued += 1;
    await new Promise<void>((resolve) => waiting.set(key, [...ofKey, resolve]));
  }

  return {
    async run(key, work) {
      if (isBusy) await waitForTurn(key);
      isBusy = true;
      try {
        return await work();
      } finally {
        startNext();
      }
    },
  };
}

function busyError(): MusterError {
  return new MusterError("unavailable", "Too many passwords are being checked at the moment. Try again.", {
    retryAfterS: RETRY_AFTER_S,
  });
}
