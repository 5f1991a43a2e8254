import { statfs } from "node:fs/promises";
import { type Check, fail, ok, warn } from "./check.ts";
import { nearestExisting } from "./data-folder.check.ts";

const MEBIBYTE = 1_048_576;
const FAIL_BELOW_BYTES = 200 * MEBIBYTE;
const WARN_BELOW_BYTES = 2048 * MEBIBYTE;

/** There is room for the database to grow, and for the log of a transaction. */
export const diskSpaceCheck: Check = {
  name: "disk space",
  async examine({ configuration: { dataDir } }) {
    const folder = nearestExisting(dataDir);
    const { bavail, bsize } = await statfs(folder);
    const freeBytes = bavail * bsize;
    const message = `${Math.floor(freeBytes / MEBIBYTE)} MiB left at ${folder}`;
    const advice = "free some, or lower MUSTER_RETENTION_RAW_DAYS";
    if (freeBytes < FAIL_BELOW_BYTES) return fail(message, advice);
    return freeBytes < WARN_BELOW_BYTES ? warn(message, advice) : ok(message);
  },
};
