import { Kysely, SqliteDialect } from "kysely";
import { openPostgresStore } from "./postgres-store.ts";
import { asKyselyDatabase, openSqliteReader } from "./sqlite-connection.ts";
import type { Tables } from "./tables.ts";

/** How a worker thread finds the database of its server. */
export type ReaderLocation = { kind: "sqlite"; path: string } | { kind: "postgres"; url: string };

/** Opens a database for the reads of a worker thread. The connection ends with the thread. */
export function openReader(location: ReaderLocation): Kysely<Tables> {
  if (location.kind === "postgres") {
    // The pool replaces a broken idle connection; the failure of a query is reported to its caller.
    return openPostgresStore(location.url, () => undefined).store.read;
  }
  const connection = openSqliteReader(location.path);
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: asKyselyDatabase(connection) }) });
}
