import { statSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import Database from "better-sqlite3";
import { isPassingFailure } from "./passing-failure.ts";
import type { CheckpointTask } from "./checkpointer.ts";

// Past this size the log is made to start over, for which the writer waits a moment.
const RESTART_BYTES = 64 * 1024 * 1024;

const { path, everyMs }: CheckpointTask = workerData;
const connection = new Database(path, { timeout: 200 });

/** A full disk ends one attempt, not the thread: the log keeps what the file has no room for. */
function tryCheckpoint(): void {
  try {
    checkpoint();
  } catch (error) {
    if (!isPassingFailure(error)) throw error;
  }
}

function checkpoint(): void {
  connection.pragma("wal_checkpoint(passive)");
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
  if (log && log.size > RESTART_BYTES) connection.pragma("wal_checkpoint(restart)");
}

const timer = setInterval(tryCheckpoint, everyMs);
parentPort?.once("message", () => {
  clearInterval(timer);
  connection.close();
});
