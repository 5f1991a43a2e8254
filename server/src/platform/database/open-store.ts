import { dirname } from "node:path";
import { makeFolder } from "../make-folder.ts";
import type { Logger } from "../logging/logger.ts";
import type { Migration } from "./migration.ts";
import { migrate } from "./migrate.ts";
import { sqlitePathOf } from "./database-url.ts";
import { openPostgresStore } from "./postgres-store.ts";
import { openSqliteStore } from "./sqlite-store.ts";
import type { Store } from "./store.ts";

/** `sqlite:<path>`, a bare path, or `postgres://...`. */
export type StoreOptions = { url: string; log: Logger; migrations: readonly Migration[] };

/** Opens the database that `url` names and brings its schema up to date. Throws with a sentence for the operator. */
export async function openStore({ url, log, migrations }: StoreOptions): Promise<Store> {
  const { store, migrating } = open(url, log);
  try {
    const applied = await migrate(migrating, store.dialect, migrations);
    if (applied.length > 0) log.info({ applied }, "The database schema was upgraded");
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

function open(url: string, log: Logger) {
  const path = sqlitePathOf(url);
  if (path === null) {
    return openPostgresStore(url, (error) => log.warn({ err: error }, "An idle database connection broke"));
  }
  makeFolder(dirname(path));
  return openSqliteStore(path, log);
}
