import Database from "better-sqlite3";
import { StartError } from "../start-error.ts";

/**
 * Holds the SQLite database at `databasePath` for one server, by an exclusive transaction on an empty file beside it: that ends with
 * the process, however the process ends. The command line does not ask for it. Throws StartError when another server has it.
 */
export function acquireSingleServerLock(databasePath: string): { release(): void } {
  const lock = new Database(`${databasePath}.server-lock`, { timeout: 0 });
  try {
    lock.exec("begin exclusive");
  } catch (error) {
    lock.close();
    if (error instanceof Database.SqliteError && error.code === "SQLITE_BUSY") {
      throw new StartError(
        `Another server runs on ${databasePath}: stop it, set MUSTER_DATA_DIR to another folder, or use PostgreSQL for several servers.`,
      );
    }
    throw error;
  }
  return { release: () => lock.close() };
}
