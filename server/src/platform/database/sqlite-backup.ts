import { createReadStream, createWriteStream, existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import Database from "better-sqlite3";
import { createPrivateFile } from "../private-file.ts";
import { StartError, systemErrorCode } from "../start-error.ts";
import { inspectDatabase } from "./inspect-database.ts";

/**
 * Copies the database at `source` to the new file `target` while a server may be writing. Other accounts can read neither the backup
 * nor the unfinished copy, which is in a private folder beside it. Throws StartError when `target` exists, also as a link.
 */
export async function backUpSqlite(source: string, target: string): Promise<void> {
  const connection = new Database(source, { readonly: true, timeout: 5000 });
  try {
    reserveTarget(target);
    await copyInto(target, connection);
  } finally {
    connection.close();
  }
}

function reserveTarget(target: string): void {
  try {
    createPrivateFile(target);
  } catch (error) {
    if (systemErrorCode(error) !== "EEXIST") throw error;
    throw new StartError(`${target} already exists. Name a new file for the backup.`, { cause: error });
  }
}

async function copyInto(target: string, connection: Database.Database): Promise<void> {
  let folder: string | null = null;
  try {
    folder = mkdtempSync(`${target}.unfinished-`);
    const copy = path.join(folder, "backup");
    createPrivateFile(copy);
    await connection.backup(copy);
    renameSync(copy, target);
  } catch (error) {
    rmSync(target, { force: true });
    throw error;
  } finally {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
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

/** Prepares `backup` to replace the database at `target`. Throws StartError when it is not an intact Muster database. */
export async function prepareRestore(
  backup: string,
  target: string,
  stamp: string,
): Promise<PreparedRestore> {
  const inspection = existsSync(backup) ? await inspect(backup) : null;
  if (!inspection) throw new StartError(`${backup} is not a backup of a Muster database.`);
  if (inspection.damage.length > 0) throw new StartError(`${backup} is damaged: ${inspection.damage[0]}.`);
  const copy = `${target}.restoring`;
  removeDatabase(copy);
  await pipeline(createReadStream(backup), createWriteStream(copy, { flags: "wx", mode: 0o600 }));
  return {
    url: `sqlite:${copy}`,
    install() {
      const kept = existsSync(target) ? `${target}.before-restore-${stamp}` : null;
      if (kept !== null) {
        mergeWriteAheadLog(target);
        renameSync(target, kept);
      }
      mergeWriteAheadLog(copy);
      renameSync(copy, target);
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
function mergeWriteAheadLog(file: string): void {
  const connection = new Database(file, { timeout: 5000 });
  connection.pragma("journal_mode = delete");
  connection.close();
}

function removeDatabase(file: string): void {
  for (const ending of ["", "-wal", "-shm", "-journal"]) rmSync(file + ending, { force: true });
}
