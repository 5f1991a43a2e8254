import { explainError } from "@muster/shared/system-errors.ts";
import { migrations } from "../../../migrations/index.ts";
import { databaseLocationOf } from "../../platform/database/database-url.ts";
import { type Check, fail, ok, warn } from "./check.ts";

/** Checks that the database answers, has the schema of this version, and is intact. */
export const databaseCheck: Check = {
  name: "database",
  run({ configuration: { databaseUrl }, database }) {
    const location = databaseLocationOf(databaseUrl);
    if (database instanceof Error) {
      return fail(
        `${location} cannot be read: ${explainError(database)}`,
        "check MUSTER_DATABASE_URL and whether the database is running",
      );
    }
    if (database === null)
      return warn(`there is none at ${location} yet`, "the first start of the server creates it");
    if (database.damage.length > 0) {
      return fail(`${location} is damaged: ${database.damage[0]}`, "stop the server and restore a backup");
    }
    const known = new Set(migrations.map(({ name }) => name));
    const newer = database.applied.filter((name) => !known.has(name));
    if (newer.length > 0) {
      return fail(
        `${location} was created by a newer version of Muster (${newer.join(", ")})`,
        "upgrade this server",
      );
    }
    const missing = known.size - database.applied.length;
    if (missing > 0) {
      return warn(
        `${location} is ${missing} migrations behind this version`,
        "the next start of the server upgrades it",
      );
    }
    const newest = database.applied.at(-1) ?? "";
    return ok(`${database.engine} at ${location}, schema ${newest}, intact`);
  },
};
