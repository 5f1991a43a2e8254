import { chmodSync, closeSync, existsSync, openSync, statSync } from "node:fs";
import path from "node:path";
import { makeFolder } from "./make-folder.ts";
import { StartError, systemErrorCode } from "./start-error.ts";

/** True when group or others have any right. Windows has no such bits. */
export function isOpenToOthers(mode: number): boolean {
  return path.sep === "/" && (mode & 0o077) !== 0;
}

/**
 * Creates an empty file that only its owner can access. It never has another mode, and no link is followed. Throws Node's error with
 * the code EEXIST when there is a file or a link already.
 */
export function createPrivateFile(file: string): void {
  closeSync(openSync(file, "wx", 0o600));
}

/** Like `createPrivateFile`, but keeps an existing file and takes the rights of others away. Throws StartError for a link that leads nowhere. */
export function ensurePrivateFile(file: string): void {
  try {
    createPrivateFile(file);
  } catch (error) {
    if (systemErrorCode(error) !== "EEXIST") throw error;
    if (!existsSync(file)) {
      throw new StartError(`${file} is a link to a file that does not exist. Remove the link.`, {
        cause: error,
      });
    }
    if (isOpenToOthers(statSync(file).mode)) chmodSync(file, 0o600);
  }
}

/**
 * Creates a folder that only its owner can access, or takes the rights of others away from an existing one. Throws StartError when that
 * is not possible, because everybody who can enter the data folder could replace or lock what is in it.
 */
export function ensurePrivateFolder(folder: string): void {
  makeFolder(folder);
  if (!isOpenToOthers(statSync(folder).mode)) return;
  try {
    if (statSync(folder).uid === process.getuid?.()) chmodSync(folder, 0o700);
  } catch (error) {
    throw openFolderError(folder, error);
  }
  // Some file systems accept a mode and ignore it.
  if (isOpenToOthers(statSync(folder).mode)) throw openFolderError(folder);
}

function openFolderError(folder: string, cause?: unknown): StartError {
  return new StartError(
    `The data folder ${folder} is open to other accounts: give it to the account of the server and run chmod 700 ${folder}, or set MUSTER_DATA_DIR to another folder.`,
    { cause },
  );
}
