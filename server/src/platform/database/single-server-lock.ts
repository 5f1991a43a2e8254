import { existsSync } from "node:fs";
import { StartError } from "../start-error.ts";
import { acquireFileLock } from "./file-lock.ts";

/** True when a server uses the SQLite database at `databasePath`. */
export function isServerRunning(databasePath: string): boolean {
  if (!existsSync(`${databasePath}.server-lock`)) return false;
  try {
    acquireSingleServerLock(databasePath).release();
    return false;
  } catch (error) {
    if (error instanceof StartError) return true;
    throw error;
  }
}

/**
 * Reserves the SQLite database at `databasePath` for one server, by a lock on a file beside it. The command line works without it. Throws
 * StartError when another server has it.
 */
export function acquireSingleServerLock(databasePath: string): { release(): void } {
  const lock = acquireFileLock(`${databasePath}.server-lock`);
  if (lock) return lock;
  throw new StartError(
    `Another server uses ${databasePath}: stop it, set MUSTER_DATA_DIR to another folder, or use PostgreSQL for several servers.`,
  );
}
