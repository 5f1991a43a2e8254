import Database from "better-sqlite3";
import { ensurePrivateFile } from "../private-file.ts";

/**
 * Locks a file between processes, with an exclusive transaction on it as an empty database. The lock ends with the process, however it
 * ends. Only the server's account can open the file: whoever can read it could hold the lock. Returns null when another one has it.
 */
export function acquireFileLock(file: string): { release(): void } | null {
  ensurePrivateFile(file);
  const lock = new Database(file, { timeout: 0 });
  try {
    lock.exec("begin exclusive");
  } catch (error) {
    lock.close();
    if (error instanceof Database.SqliteError && error.code === "SQLITE_BUSY") return null;
    throw error;
  }
  return { release: () => lock.close() };
}
