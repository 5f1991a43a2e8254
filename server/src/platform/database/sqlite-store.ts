import { AsyncLocalStorage } from "node:async_hooks";
import { statSync } from "node:fs";
import { stat } from "node:fs/promises";
import type { Database } from "better-sqlite3";
import { Kysely } from "kysely";
import type { Logger } from "../logging/logger.ts";
import { startCheckpointer } from "./checkpointer.ts";
import { withoutTables } from "./migrate.ts";
import { isTransientFailure } from "./transient-failure.ts";
import { asKyselyDatabase, openSqliteReader, openSqliteWriter } from "./sqlite-connection.ts";
import { TunedSqliteDialect } from "./sqlite-dialect.ts";
import type { Store } from "./store.ts";
import type { Tables } from "./tables.ts";
import { createWriteHealth } from "./write-health.ts";
import { createWriteQueue } from "./write-queue.ts";

/**
 * Opens a SQLite file as a store: one writer behind a write queue, one read-only connection, and a thread that checkpoints the
 * write-ahead log so that no request waits for it.
 */
export function openSqliteStore(path: string, log: Logger): { store: Store; migrating: Kysely<unknown> } {
  const writer = openSqliteWriter(path);
  const writing = new Kysely<Tables>({
    dialect: new TunedSqliteDialect({ database: asKyselyDatabase(writer) }),
  });
  const reader = openSqliteReader(path);
  const read = new Kysely<Tables>({
    dialect: new TunedSqliteDialect({ database: asKyselyDatabase(reader) }),
  });
  const queue = createWriteQueue(() => performance.now());
  const inside = new AsyncLocalStorage<true>();
  const checkpointer = startCheckpointer(path, writer);
  const health = createWriteHealth(log);
  const { ino: openedInode } = statSync(path);

  /** SQLite goes on with a file that was moved or deleted, and what it writes there is lost with it. */
  async function assertSameFile(): Promise<void> {
    const found = await stat(path).catch(() => null);
    if (found?.ino === openedInode) return;
    throw new Error(`The database file ${path} was moved, replaced or deleted while the server uses it.`);
  }

  const store: Store = {
    dialect: "sqlite",
    read,
    transaction(work) {
      if (inside.getStore())
        throw new Error("store.transaction was called inside store.transaction: use tx.");
      const write = () => inside.run(true, () => writing.transaction().execute(work));
      return health.track(() => queue.run("ordinary", write));
    },
    engine: {
      kind: "sqlite",
      path,
      writer,
      reader,
      runExclusive: (work) =>
        health.track(() => queue.run("hot", () => writer.transaction(work).immediate())),
    },
    async ping() {
      await assertSameFile();
      reader.prepare("select count(*) from sqlite_schema").get();
      health.assertWritable();
    },
    async close() {
      await checkpointer.stop();
      await queue.run("ordinary", () => undefined);
      reader.close();
      truncateWriteAheadLog(writer);
      writer.close();
    },
  };
  return { store, migrating: withoutTables(writing) };
}

function truncateWriteAheadLog(writer: Database): void {
  try {
    writer.pragma("wal_checkpoint(truncate)");
  } catch (error) {
    // On a full disk the rest stays in the log; the next start reads it from there.
    if (!isTransientFailure(error)) throw error;
  }
}
