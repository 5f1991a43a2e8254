import { Worker } from "node:worker_threads";
import type { Database } from "better-sqlite3";

const CHECKPOINT_INTERVAL_MS = 1000;

/** What the thread is told at its start. */
export type CheckpointWorkerOptions = { path: string; everyMs: number };

export type Checkpointer = { stop(): Promise<void> };

/**
 * Moves the write-ahead log into the database file once a second in a thread of its own, instead of in whichever commit
 * makes the log grow past its limit: that commit would hold every request for the length of a disk sync.
 */
export function startCheckpointer(path: string, writer: Database): Checkpointer {
  const worker = new Worker(new URL("./checkpoint-worker.ts", import.meta.url), {
    workerData: { path, everyMs: CHECKPOINT_INTERVAL_MS } satisfies CheckpointWorkerOptions,
  });
  worker.unref();
  const exited = new Promise<void>((resolve) => {
    worker.once("exit", () => resolve());
  });
  writer.pragma("wal_autocheckpoint = 0");
  // Without the thread the log must still be bounded.
  worker.once("error", () => writer.open && writer.pragma("wal_autocheckpoint = 1000"));
  return {
    async stop() {
      worker.ref();
      worker.postMessage("stop");
      await exited;
    },
  };
}
