import { statSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import Database from "better-sqlite3";
import { isTransientFailure } from "./transient-failure.ts";
import type { CheckpointWorkerOptions } from "./checkpointer.ts";

// Above this size the log is restarted; the writer waits for that.
const MAX_LOG_BYTES = 64 * 1024 * 1024;

const { path, everyMs }: CheckpointWorkerOptions = workerData;
const connection = new Database(path, { timeout: 200 });

/** A full disk ends one attempt, not the thread: the log keeps the data. */
function tryCheckpoint(): void {
  try {
    checkpoint();
  } catch (error) {
    if (!isTransientFailure(error)) throw error;
  }
}

function checkpoint(): void {
  connection.pragma("wal_checkpoint(passive)");
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
  if (log && log.size > MAX_LOG_BYTES) connection.pragma("wal_checkpoint(restart)");
}

const timer = setInterval(tryCheckpoint, everyMs);
parentPort?.once("message", () => {
  clearInterval(timer);
  connection.close();
});
