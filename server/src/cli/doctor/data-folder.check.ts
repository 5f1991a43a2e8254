import { accessSync, constants, existsSync, statSync } from "node:fs";
import path from "node:path";
import { isOpenToOthers } from "../../platform/private-file.ts";
import { type Check, fail, ok, warn } from "./check.ts";

/** Checks that the data folder exists, that this account can write to it, and that nobody else can read it. */
export const dataFolderCheck: Check = {
  name: "data folder",
  run({ configuration: { dataDir } }) {
    if (!existsSync(dataDir)) {
      const parent = nearestExisting(dataDir);
      return isWritable(parent)
        ? warn(`${dataDir} does not exist yet`, "the first start of the server creates it")
        : fail(
            `${dataDir} does not exist, and ${parent} is not writable`,
            "create it, or set MUSTER_DATA_DIR",
          );
    }
    const status = statSync(dataDir);
    if (!status.isDirectory())
      return fail(`${dataDir} is not a folder`, "move it away, or set MUSTER_DATA_DIR");
    if (!isWritable(dataDir)) {
      return fail(
        `${dataDir} is not writable for this account`,
        "run this command as the server's account, or change the owner of the folder",
      );
    }
    return isOpenToOthers(status.mode)
      ? warn(`${dataDir} is accessible to other accounts`, `chmod 700 ${dataDir}`)
      : ok(`${dataDir} is writable and private`);
  },
};

/** The folder itself, or its nearest existing parent. */
export function nearestExisting(folder: string): string {
  return existsSync(folder) || path.dirname(folder) === folder
    ? folder
    : nearestExisting(path.dirname(folder));
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
