import { chmodSync, copyFileSync, existsSync, renameSync, rmSync } from "node:fs";
import Database from "better-sqlite3";
import { StartError } from "../start-error.ts";
import { inspectDatabase } from "./inspect-database.ts";

/** Copies the database at `source` to the new file `target` while a server may be writing. Throws StartError when `target` exists. */
export async function backUpSqlite(source: string, target: string): Promise<void> {
  if (existsSync(target)) throw new StartError(`${target} already exists. Name a new file for the backup.`);
  const connection = new Database(source, { readonly: true, timeout: 5000 });
  try {
    await connection.backup(target);
    chmodSync(target, 0o600);
  } catch (error) {
    rmSync(target, { force: true });
    throw error;
  } finally {
    connection.close();
  }
}

/** A backup that is prepared beside the database, which stays untouched until `install`. */
export type PreparedRestore = {
  /** URL of the prepared copy. */
  url: string;
  /** Replaces the database with the copy. Returns the path at which the replaced database is kept, null when there was none. */
  install(): string | null;
  /** Removes the copy, if it was not installed. */
  discard(): void;
};

/** Prepares `backup` to replace the database at `path`. Throws StartError when it is not an intact Muster database. */
export async function prepareRestore(backup: string, path: string, stamp: string): Promise<PreparedRestore> {
  const inspection = existsSync(backup) ? await inspect(backup) : null;
  if (!inspection) throw new StartError(`${backup} is not a backup of a Muster database.`);
  if (inspection.damage.length > 0) throw new StartError(`${backup} is damaged: ${inspection.damage[0]}.`);
  const copy = `${path}.restoring`;
  removeDatabase(copy);
  copyFileSync(backup, copy);
  chmodSync(copy, 0o600);
  return {
    url: `sqlite:${copy}`,
    install() {
      const kept = existsSync(path) ? `${path}.before-restore-${stamp}` : null;
      if (kept !== null) {
        mergeWriteAheadLog(path);
        renameSync(path, kept);
      }
      mergeWriteAheadLog(copy);
      renameSync(copy, path);
      return kept;
    },
    discard: () => removeDatabase(copy),
  };
}

async function inspect(backup: string) {
  try {
    return await inspectDatabase(`sqlite:${backup}`, { checksIntegrity: true });
  } catch (error) {
    if (error instanceof Database.SqliteError) return null;
    throw error;
  }
}

/** Moves the write-ahead log into the file, so that the file alone is the database. */
function mergeWriteAheadLog(path: string): void {
  const connection = new Database(path, { timeout: 5000 });
  connection.pragma("journal_mode = delete");
  connection.close();
}

function removeDatabase(path: string): void {
  for (const ending of ["", "-wal", "-shm"]) rmSync(path + ending, { force: true });
}
