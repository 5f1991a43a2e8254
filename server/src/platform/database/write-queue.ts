type Priority = "hot" | "ordinary";
type Entry = { priority: Priority; queuedAt: number; start: () => void };

/**
 * Runs one writer at a time. The hot path goes first, unless an ordinary writer has waited longer than `maxOrdinaryWaitMs`; then one
 * ordinary writer runs between two of the hot path, so that many of them cannot block it.
 */
export type WriteQueue = {
  run<Result>(priority: Priority, work: () => Result | Promise<Result>): Promise<Result>;
};

export function createWriteQueue(monotonic: () => number, maxOrdinaryWaitMs = 20): WriteQueue {
  const hot: Entry[] = [];
  const ordinary: Entry[] = [];
  let isBusy = false;
  let wasOrdinaryRunAhead = false;

  function next(): Entry | undefined {
    const waiting = ordinary[0];
    const mayRunAhead =
      waiting !== undefined && !wasOrdinaryRunAhead && monotonic() - waiting.queuedAt > maxOrdinaryWaitMs;
    wasOrdinaryRunAhead = hot.length > 0 && mayRunAhead;
    return hot.length === 0 || mayRunAhead ? ordinary.shift() : hot.shift();
  }

  /**
   * Yields to the event loop after each writer: SQLite is synchronous, so many writers in a row would block everything else. After an
   * ordinary one also when none waits: a job may be about to write its next transaction.
   */
  function startNext(ended: Priority): void {
    if (ended === "hot" && hot.length + ordinary.length === 0) isBusy = false;
    else
      setImmediate(() => {
        const entry = next();
        if (entry) entry.start();
        else isBusy = false;
      });
  }

  return {
    async run(priority, work) {
      if (isBusy) {
        await new Promise<void>((start) => {
          const entry = { priority, queuedAt: monotonic(), start };
          (priority === "hot" ? hot : ordinary).push(entry);
        });
      }
      isBusy = true;
      try {
        return await work();
      } finally {
        startNext(priority);
      }
    },
  };
}
