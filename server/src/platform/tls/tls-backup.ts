import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { createPrivateFile, ensurePrivateFolder } from "../private-file.ts";
import { StartError } from "../start-error.ts";
import { selfMadeTlsFiles } from "./self-made-tls.ts";

/** Where the authority and the certificate of a backup are: a folder beside its file. */
function tlsBackupOf(file: string): string {
  return `${file}.tls`;
}

/**
 * Copies the server's own authority and certificate beside the backup `file`, for its owner alone. Returns the folder, null when the server
 * never made an authority. Throws StartError when the folder exists.
 */
export function backUpTls(dataDir: string, file: string): string | null {
  const files = selfMadeTlsFiles(dataDir);
  if (!existsSync(files.authorityKeyFile)) return null;
  const target = tlsBackupOf(file);
  if (existsSync(target)) throw new StartError(`${target} already exists. Name a new file for the backup.`);
  const unfinished = mkdtempSync(`${target}.unfinished-`);
  try {
    copyPrivate(Object.values(files), unfinished);
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
  return target;
}

/**
 * Copies the authority of the backup `file`, which the agents of its database pin, beside the present one. `install` puts it in its place, and
 * returns where a different one is kept; null when there was none.
 */
export function prepareTlsRestore(
  file: string,
  dataDir: string,
  stamp: string,
): { install(): string | null } {
  const source = tlsBackupOf(file);
  const files = selfMadeTlsFiles(dataDir);
  const folder = path.dirname(files.authorityFile);
  const own = [files.authorityFile, files.authorityKeyFile];
  if (!existsSync(source) || own.every((one) => isSameFile(one, path.join(source, path.basename(one)))))
    return { install: () => null };
  const restoring = `${folder}.restoring`;
  rmSync(restoring, { recursive: true, force: true });
  ensurePrivateFolder(restoring);
  copyPrivate(
    readdirSync(source).map((name) => path.join(source, name)),
    restoring,
  );
  return {
    install() {
      const kept = existsSync(folder) ? `${folder}.before-restore-${stamp}` : null;
      if (kept !== null) renameSync(folder, kept);
      renameSync(restoring, folder);
      return kept;
    },
  };
}

function isSameFile(one: string, other: string): boolean {
  return existsSync(one) && existsSync(other) && readFileSync(one).equals(readFileSync(other));
}

/** A copied file never has another mode than 0600. */
function copyPrivate(files: readonly string[], folder: string): void {
  for (const file of files.filter((name) => existsSync(name))) {
    const copy = path.join(folder, path.basename(file));
    createPrivateFile(copy);
    writeFileSync(copy, readFileSync(file));
  }
}
