import { AsyncLocalStorage } from "node:async_hooks";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Store } from "./store.ts";
import type { Tables } from "./tables.ts";

const CONNECTIONS = 10;
const INT8 = 20;
const NUMERIC = 1700;

/** Opens a PostgreSQL database as a store. 64-bit integers and sums are read as numbers: nothing here exceeds 2^53. */
export function openPostgresStore(
  url: string,
  onIdleError: (error: Error) => void,
): { store: Store; migrating: Kysely<unknown> } {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    application_name: "muster",
    connectionTimeoutMillis: 10_000,
    types: {
      getTypeParser: (oid, format) =>
        oid === INT8 || oid === NUMERIC ? Number : pg.types.getTypeParser(oid, format),
    },
  });
  // An idle connection that breaks is replaced by the pool; unheard, its error would end the process.
  pool.on("error", onIdleError);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const inside = new AsyncLocalStorage<true>();

  const store: Store = {
    dialect: "postgres",
    read: db,
    transaction(work) {
      if (inside.getStore()) throw new Error("store.transaction inside store.transaction: use tx");
      return inside.run(true, () => db.transaction().execute(work));
    },
    engine: { kind: "postgres", pool },
    async ping() {
      await pool.query("select 1");
    },
    close: () => db.destroy(),
  };
  return { store, migrating: db as unknown as Kysely<unknown> };
}
