import { setImmediate } from "node:timers/promises";

/**
 * Creates a queue that runs one piece of work per turn of the event loop, however many wait: other requests are answered between two
 * pieces. A failure concerns only its own caller.
 */
export function createOnePerTurn(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const run = last.then(work);
    const nextTurn = () => setImmediate();
    last = run.then(nextTurn, nextTurn);
    return run;
  };
}
