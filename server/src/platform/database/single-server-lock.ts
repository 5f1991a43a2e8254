import { existsSync } from "node:fs";
import Database from "better-sqlite3";
import { ensurePrivateFile } from "../private-file.ts";
import { StartError } from "../start-error.ts";

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
 * Reserves the SQLite database at `databasePath` for one server, with an exclusive transaction on an empty file beside it. The lock
 * ends with the process, however it ends. Only the server's account can open the file: whoever can read it could hold the lock. The
 * command line works without it. Throws StartError when another server has it.
 */
export function acquireSingleServerLock(databasePath: string): { release(): void } {
  const file = `${databasePath}.server-lock`;
  ensurePrivateFile(file);
  const lock = new Database(file, { timeout: 0 });
  try {
    lock.exec("begin exclusive");
  } catch (error) {
    lock.close();
    if (error instanceof Database.SqliteError && error.code === "SQLITE_BUSY") {
      throw new StartError(
        `Another server uses ${databasePath}: stop it, set MUSTER_DATA_DIR to another folder, or use PostgreSQL for several servers.`,
      );
    }
    throw error;
  }
  return { release: () => lock.close() };
}
