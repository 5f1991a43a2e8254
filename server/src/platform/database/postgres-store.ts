import { AsyncLocalStorage } from "node:async_hooks";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { withoutTables } from "./migrate.ts";
import { SESSION_OPTIONS } from "./postgres-session.ts";
import type { Store } from "./store.ts";
import type { Tables } from "./tables.ts";

const MAX_CONNECTIONS = 10;
/** Type ids of int8 and numeric. */
const NUMBER_TYPE_IDS: ReadonlySet<number> = new Set([20, 1700]);

/** Opens a PostgreSQL database as a store. 64-bit integers and sums are read as numbers: no value exceeds 2^53. */
export function openPostgresStore(
  url: string,
  onIdleError: (error: Error) => void,
  { maxConnections = MAX_CONNECTIONS, statementTimeoutMs = 0 } = {},
): { store: Store; migrating: Kysely<unknown> } {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    application_name: "muster",
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    options:
      statementTimeoutMs > 0
        ? `${SESSION_OPTIONS} -c statement_timeout=${statementTimeoutMs}`
        : SESSION_OPTIONS,
    types: {
      getTypeParser: (oid, format) =>
        NUMBER_TYPE_IDS.has(oid) ? Number : pg.types.getTypeParser(oid, format),
    },
  });
  // The pool replaces an idle connection that breaks. Without a listener its error would end the process.
  pool.on("error", onIdleError);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const inside = new AsyncLocalStorage<true>();

  const store: Store = {
    dialect: "postgres",
    read: db,
    transaction(work) {
      if (inside.getStore())
        throw new Error("store.transaction was called inside store.transaction: use tx.");
      return inside.run(true, () => db.transaction().execute(work));
    },
    engine: { kind: "postgres", pool },
    async ping() {
      await pool.query("select 1");
    },
    close: () => db.destroy(),
  };
  return { store, migrating: withoutTables(db) };
}
