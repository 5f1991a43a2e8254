import { Worker } from "node:worker_threads";
import type { Database } from "better-sqlite3";

const CHECKPOINT_INTERVAL_MS = 1000;

/** Options of the worker thread. */
export type CheckpointWorkerOptions = { path: string; everyMs: number };

export type Checkpointer = { stop(): Promise<void> };

/**
 * Checkpoints the write-ahead log once a second in a worker thread. Otherwise the commit that makes the log grow past its limit would
 * do it, and every request would wait for a disk sync.
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
  // Bounds the log if the thread fails.
  worker.once("error", () => writer.open && writer.pragma("wal_autocheckpoint = 1000"));
  return {
    async stop() {
      worker.ref();
      worker.postMessage("stop");
      await exited;
    },
  };
}
