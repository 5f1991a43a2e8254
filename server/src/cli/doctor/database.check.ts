import { migrations } from "../../../migrations/index.ts";
import { databaseLocationOf } from "../../platform/database/database-url.ts";
import { type Check, fail, ok, warn } from "./check.ts";

/** The database answers, is of this version, and its pages are sound. */
export const databaseCheck: Check = {
  name: "database",
  run({ configuration: { databaseUrl }, database }) {
    const location = databaseLocationOf(databaseUrl);
    if (database instanceof Error) {
      return fail(
        `${location} cannot be read: ${database.message}`,
        "see MUSTER_DATABASE_URL and whether it is running",
      );
    }
    if (database === null)
      return warn(`there is none at ${location} yet`, "the server's first start makes it");
    if (database.damage.length > 0) {
      return fail(`${location} is damaged: ${database.damage[0]}`, "stop the server and restore a backup");
    }
    const known = new Set(migrations.map(({ name }) => name));
    const foreign = database.applied.filter((name) => !known.has(name));
    if (foreign.length > 0) {
      return fail(`${location} was made by a newer Muster (${foreign.join(", ")})`, "upgrade this server");
    }
    const missing = known.size - database.applied.length;
    if (missing > 0) {
      return warn(
        `${location} is ${missing} steps behind this version`,
        "the server's next start upgrades it",
      );
    }
    const newest = database.applied.at(-1) ?? "";
    return ok(`${database.engine} at ${location}, schema ${newest}, sound`);
  },
};
