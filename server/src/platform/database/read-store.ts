import type { Database as SqliteDatabase } from "better-sqlite3";
import { Kysely } from "kysely";
import { openPostgresStore } from "./postgres-store.ts";
import { asKyselyDatabase, openSqliteReader } from "./sqlite-connection.ts";
import { TunedSqliteDialect } from "./sqlite-dialect.ts";
import type { PostgresEngine, Store } from "./store.ts";
import type { Tables } from "./tables.ts";

/** The part of a store that reads need. */
export type ReadStore = Pick<Store, "dialect" | "read"> & {
  readonly engine: { readonly kind: "sqlite"; readonly reader: SqliteDatabase } | PostgresEngine;
};

/** How a worker thread finds the database of its server. */
export type ReaderLocation = { kind: "sqlite"; path: string } | { kind: "postgres"; url: string };

export function readerLocationOf({ engine }: Store): ReaderLocation {
  if (engine.kind === "sqlite") return { kind: "sqlite", path: engine.path };
  const url = engine.pool.options.connectionString;
  if (!url) throw new Error("The database connection has no URL.");
  return { kind: "postgres", url };
}

/**
 * Opens a database for the reads of a worker thread, with one connection that ends with the thread. `statementTimeoutMs` limits
 * statements on PostgreSQL; on SQLite nothing can, so they must be short.
 */
export function openReadStore(
  location: ReaderLocation,
  options: { statementTimeoutMs?: number } = {},
): ReadStore {
  if (location.kind === "postgres") {
    // The pool replaces a broken idle connection; the failure of a query is reported to its caller.
    return openPostgresStore(location.url, () => undefined, { maxConnections: 1, ...options }).store;
  }
  const reader = openSqliteReader(location.path);
  const dialect = new TunedSqliteDialect({ database: asKyselyDatabase(reader) });
  return { dialect: "sqlite", read: new Kysely<Tables>({ dialect }), engine: { kind: "sqlite", reader } };
}
