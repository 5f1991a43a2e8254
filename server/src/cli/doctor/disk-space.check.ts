import { statfs } from "node:fs/promises";
import { type Check, fail, ok, warn } from "./check.ts";
import { nearestExisting } from "./data-folder.check.ts";

const MEGABYTE_BYTES = 1_000_000;
const MIN_FREE_BYTES = 200 * MEGABYTE_BYTES;
const LOW_FREE_BYTES = 2_000 * MEGABYTE_BYTES;

/** Checks that there is space for the database to grow, and for its write-ahead log. */
export const diskSpaceCheck: Check = {
  name: "disk space",
  async run({ configuration: { dataDir } }) {
    const folder = nearestExisting(dataDir);
    const { bavail, bsize } = await statfs(folder);
    const freeBytes = bavail * bsize;
    const message = `${Math.floor(freeBytes / MEGABYTE_BYTES)} MB free at ${folder}`;
    const advice = "free disk space, or lower MUSTER_RETENTION_RAW_DAYS";
    if (freeBytes < MIN_FREE_BYTES) return fail(message, advice);
    return freeBytes < LOW_FREE_BYTES ? warn(message, advice) : ok(message);
  },
};
