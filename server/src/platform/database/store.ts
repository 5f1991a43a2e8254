import type { Database as SqliteDatabase } from "better-sqlite3";
import type { Kysely, Transaction } from "kysely";
import type { Pool } from "pg";
import type { Tables } from "./tables.ts";

export type Dialect = "sqlite" | "postgres";

/**
 * The database as modules see it. Reads go through `read`; every write goes through `transaction`, or, on the hot path,
 * through `engine`. On SQLite one writer exists: `transaction` and `engine.runExclusive` share it, and the latter goes first.
 */
export interface Store {
  readonly dialect: Dialect;
  /** For reads. On SQLite the connection is read-only, so a write through it fails. */
  readonly read: Kysely<Tables>;
  /** Runs `work` in one write transaction. Inside, use `tx` only: the outer store would wait for itself. Keep it short. */
  transaction<Result>(work: (tx: Transaction<Tables>) => Promise<Result>): Promise<Result>;
  /** The database engine, for the few statements that are written by hand for speed. */
  readonly engine: SqliteEngine | PostgresEngine;
  /** Runs a query. Throws when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface SqliteEngine {
  readonly kind: "sqlite";
  /** Path of the database file, for workers that open their own read-only connection. */
  readonly path: string;
  readonly writer: SqliteDatabase;
  readonly reader: SqliteDatabase;
  /** Runs synchronous `work` inside one immediate transaction on the writer, before any waiting `transaction`. */
  runExclusive<Result>(work: () => Result): Promise<Result>;
}

export interface PostgresEngine {
  readonly kind: "postgres";
  readonly pool: Pool;
}
