import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { WatchRow } from "./watches.tables.ts";

/** Watches of all organizations, the oldest first. */
export function readAllWatches(
  db: Kysely<Tables>,
  { after, limit }: { after: string; limit: number },
): Promise<WatchRow[]> {
  return db.selectFrom("watches").selectAll().where("id", ">", after).orderBy("id").limit(limit).execute();
}
