import Database from "better-sqlite3";
import type { SqliteDatabase, SqliteStatement } from "kysely";
import { ensurePrivateFile } from "../private-file.ts";
import { measureWork } from "../work-meter.ts";

const BUSY_TIMEOUT_MS = 5000;
/** How SQLite reports `auto_vacuum = incremental`. */
const INCREMENTAL = 2;
const MAX_CACHED_STATEMENTS = 500;
const NO_CHANGES = { changes: 0, lastInsertRowid: 0 };

/** Opens the file as its only writer. Creates it when it does not exist. */
export function openSqliteWriter(path: string): Database.Database {
  // SQLite gives its log and shared memory the same mode.
  ensurePrivateFile(path);
  const connection = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  // Works only before the first table exists, so it precedes the journal mode, which writes the header.
  // Setting it writes to the file even when it is set already, which fails on a full disk.
  if (connection.pragma("auto_vacuum", { simple: true }) !== INCREMENTAL) {
    connection.pragma("auto_vacuum = incremental");
  }
  connection.pragma("journal_mode = wal");
  connection.pragma("synchronous = full");
  connection.pragma("foreign_keys = on");
  connection.pragma("cache_size = -65536");
  connection.pragma("temp_store = memory");
  return connection;
}

/** Opens the file for reading only: a write through it fails. */
export function openSqliteReader(path: string): Database.Database {
  const connection = new Database(path, { readonly: true, timeout: BUSY_TIMEOUT_MS });
  connection.pragma("cache_size = -65536");
  connection.pragma("temp_store = memory");
  return connection;
}

/**
 * Adapts a connection to Kysely and caches its prepared statements: Kysely prepares each query again, which costs more than
 * running it. Transactions begin immediate, so that a writer waits at the start and never fails in the middle.
 */
export function asKyselyDatabase(connection: Database.Database): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => undefined,
    prepare(sql) {
      const known = statements.get(sql);
      if (known) return known;
      if (statements.size >= MAX_CACHED_STATEMENTS) statements.clear();
      const statement = connection.prepare(sql === "begin" ? "begin immediate" : sql);
      // On a full disk SQLite may have rolled back already; a second rollback is an error.
      const isRolledBackAlready = () => sql === "rollback" && !connection.inTransaction;
      const wrapped: SqliteStatement = {
        reader: statement.reader,
        all: (parameters) => (isRolledBackAlready() ? [] : measureWork(() => statement.all(...parameters))),
        run: (parameters) =>
          isRolledBackAlready() ? NO_CHANGES : measureWork(() => statement.run(...parameters)),
        // A statement cannot run twice at the same time, so a stream has its own.
        iterate: (parameters) => connection.prepare(sql).iterate(...parameters),
      };
      statements.set(sql, wrapped);
      return wrapped;
    },
  };
}
