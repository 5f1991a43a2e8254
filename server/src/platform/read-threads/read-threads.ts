import { type Store } from "../database/store.ts";
import { readerLocationOf } from "../database/read-store.ts";
import { startReadThread } from "./read-thread.ts";
import { createReads, type Reads } from "./reads.ts";

/** Two: one organization uses at most one of them, so another never waits for a thread of its own. */
const THREADS = 2;

export type ReadThreads = Reads & { close(): Promise<void> };

/** Starts the threads of a server. `script` is the file that calls `serveReads`. */
export function startReadThreads(store: Store, script: URL): ReadThreads {
  const options = { location: readerLocationOf(store) };
  const threads = Array.from({ length: THREADS }, () => startReadThread(script, options));
  const { run } = createReads(THREADS, (read, input, signal) => {
    const free = threads.find(({ isBusy }) => !isBusy);
    if (!free) throw new Error("Every read thread is busy although the queue has a free slot.");
    return free.run({ kind: "run", name: read.name, input }, signal);
  });
  return {
    run,
    async close() {
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}
