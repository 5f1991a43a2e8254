import { MusterError } from "../errors.ts";

export type FairQueueOptions = {
  /** Tasks that run at the same time. */
  slots: number;
  /** Of these, the tasks of one owner. Less than `slots`, so that one owner never has them all. */
  maxRunningPerOwner: number;
  /** Tasks of one owner that wait. One more is refused. */
  maxWaitingPerOwner: number;
};

export type FairQueue = {
  /**
   * Runs `task` when a slot is free and it is its owner's turn: owners take turns, whatever each of them has queued. Throws
   * `rate-limited` when the owner has too many tasks waiting, and the reason of `signal` when it aborts before the start.
   */
  run<Result>(owner: string, signal: AbortSignal, task: () => Promise<Result>): Promise<Result>;
};

/** Sent as Retry-After to an owner with a full queue. */
const RETRY_AFTER_S = 1;

type Owner = { running: number; waiting: Set<() => void> };

export function createFairQueue({
  slots,
  maxRunningPerOwner,
  maxWaitingPerOwner,
}: FairQueueOptions): FairQueue {
  /** In the order of their turns. */
  const owners = new Map<string, Owner>();
  let running = 0;

  function startNext(): void {
    for (const [name, owner] of owners) {
      if (running >= slots) return;
      const [start] = owner.waiting;
      if (!start || owner.running >= maxRunningPerOwner) continue;
      owner.waiting.delete(start);
      owner.running += 1;
      running += 1;
      moveToBack(name, owner);
      start();
    }
  }

  function moveToBack(name: string, owner: Owner): void {
    owners.delete(name);
    owners.set(name, owner);
  }

  function end(name: string, owner: Owner): void {
    owner.running -= 1;
    running -= 1;
    // Others may have come since it began.
    moveToBack(name, owner);
    forgetIdle(name, owner);
    startNext();
  }

  function forgetIdle(name: string, owner: Owner): void {
    if (owner.running === 0 && owner.waiting.size === 0) owners.delete(name);
  }

  function untilStart(name: string, owner: Owner, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abandon = () => {
        if (!owner.waiting.delete(start)) return;
        forgetIdle(name, owner);
        reject(signal.reason);
      };
      const start = () => {
        signal.removeEventListener("abort", abandon);
        resolve();
      };
      owner.waiting.add(start);
      signal.addEventListener("abort", abandon, { once: true });
      startNext();
    });
  }

  return {
    async run(name, signal, task) {
      signal.throwIfAborted();
      const owner = owners.get(name) ?? { running: 0, waiting: new Set() };
      if (owner.waiting.size >= maxWaitingPerOwner) throw tooManyWaiting();
      owners.set(name, owner);
      await untilStart(name, owner, signal);
      try {
        return await task();
      } finally {
        end(name, owner);
      }
    },
  };
}

function tooManyWaiting(): MusterError {
  return new MusterError(
    "rate-limited",
    "Too many searches and reports of your organization are waiting. Wait before the next one.",
    { retryAfterS: RETRY_AFTER_S },
  );
}
