type Priority = "hot" | "ordinary";
type Entry = { priority: Priority; queuedAt: number; start: () => void };

/**
 * Lets one writer at a time through: the hot path first, unless an ordinary writer has waited `patienceMs`. Of those who have, one
 * passes between two turns of the hot path, so that a crowd of them does not keep it out.
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

  /** One turn of the event loop per writer: SQLite answers at once, so that a crowd of writers would keep everything else out. */
  function startNext(): void {
    if (hot.length + ordinary.length === 0) isBusy = false;
    else setImmediate(() => next()?.start());
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
        startNext();
      }
    },
  };
}
