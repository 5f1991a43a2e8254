/** Runs one task after the other in the order they were given. A task that rejects does not hold up the next. */
export type SerialQueue = <Result>(task: () => Promise<Result>) => Promise<Result>;

export function createSerialQueue(): SerialQueue {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(task, task);
    last = result.catch(() => undefined); // The caller holds `result` and its rejection.
    return result;
  };
}
