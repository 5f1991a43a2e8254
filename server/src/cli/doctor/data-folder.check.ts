import { accessSync, constants, existsSync, statSync } from "node:fs";
import path from "node:path";
import { type Check, fail, ok, warn } from "./check.ts";

/** The data folder is there, this account may write into it, and nobody else may read it. */
export const dataFolderCheck: Check = {
  name: "data folder",
  run({ configuration: { dataDir } }) {
    if (!existsSync(dataDir)) {
      const parent = nearestExisting(dataDir);
      return isWritable(parent)
        ? warn(`${dataDir} is not there yet`, "the server's first start makes it")
        : fail(
            `${dataDir} is not there, and ${parent} may not be written`,
            "make it, or set MUSTER_DATA_DIR",
          );
    }
    const status = statSync(dataDir);
    if (!status.isDirectory())
      return fail(`${dataDir} is not a folder`, "move it away, or set MUSTER_DATA_DIR");
    if (!isWritable(dataDir)) {
      return fail(
        `${dataDir} may not be written by this account`,
        "run this as the server's account, or change its owner",
      );
    }
    return isOpenToOthers(status.mode)
      ? warn(`${dataDir} is open to other accounts`, `chmod 700 ${dataDir}`)
      : ok(`${dataDir} is writable, and closed to others`);
  },
};

/** The folder itself, or the first above it that exists. */
export function nearestExisting(folder: string): string {
  return existsSync(folder) || path.dirname(folder) === folder
    ? folder
    : nearestExisting(path.dirname(folder));
}

/** True when group or others have any right; Windows has no such bits and shows them all. */
export function isOpenToOthers(mode: number): boolean {
  return path.sep === "/" && (mode & 0o077) !== 0;
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
