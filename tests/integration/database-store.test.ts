import { type Kysely, sql } from "kysely";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { migrate } from "../../server/src/platform/database/migrate.ts";
import type { Migration } from "../../server/src/platform/database/migration.ts";
import { openStore } from "../../server/src/platform/database/open-store.ts";
import { DIALECTS, openTestStore, type TestStore } from "../harness/test-store.ts";

const notes: Migration = {
  name: "0001-notes",
  async up(db) {
    await db.schema
      .createTable("notes")
      .addColumn("id", "integer", (column) => column.primaryKey())
      .addColumn("text", "text", (column) => column.notNull().unique())
      .execute();
  },
};

type Notes = Kysely<{ notes: { id: number; text: string } }>;

describe.each(DIALECTS)("a store on %s", (dialect) => {
  let place: TestStore;
  const notesOf = (db: unknown) => db as Notes;

  beforeAll(async () => {
    place = await openTestStore(dialect, [notes]);
  });
  afterAll(() => place.remove());

  async function texts(): Promise<string[]> {
    const rows = await notesOf(place.store.read).selectFrom("notes").select("text").orderBy("id").execute();
    return rows.map(({ text }) => text);
  }

  test("shows readers what a transaction committed", async () => {
    await place.store.transaction((tx) =>
      notesOf(tx).insertInto("notes").values({ id: 1, text: "kept" }).execute(),
    );
    expect(await texts()).toContain("kept");
  });

  test("stores nothing of a transaction that failed", async () => {
    const attempt = place.store.transaction(async (tx) => {
      await notesOf(tx).insertInto("notes").values({ id: 2, text: "lost" }).execute();
      throw new Error("changed my mind");
    });
    await expect(attempt).rejects.toThrow("changed my mind");
    expect(await texts()).not.toContain("lost");
  });

  test("fails with an explanation when a transaction waits for itself", async () => {
    const attempt = place.store.transaction(() => place.store.transaction(async () => "never"));
    await expect(attempt).rejects.toThrow("use tx");
  });

  test("answers a ping", async () => {
    await expect(place.store.ping()).resolves.toBeUndefined();
  });

  test("stores 2^53 exactly", async () => {
    const { rows } = await sql<{ n: number }>`select cast(${2 ** 53} as bigint) as n`.execute(
      place.store.read,
    );
    expect(rows[0]?.n).toBe(2 ** 53);
  });

  test("leaves nothing of a migration that failed halfway", async () => {
    const broken: Migration = {
      name: "0002-broken",
      async up(db) {
        await db.schema.createTable("half").addColumn("id", "integer").execute();
        await sql`insert into nowhere values (1)`.execute(db);
      },
    };
    const other = await openTestStore(dialect, []);
    const log = pino({ level: "silent" });
    await expect(openStore({ url: other.url, log, migrations: [broken] })).rejects.toThrow(
      "0002-broken failed",
    );
    const tables = await other.store.read.introspection.getTables();
    expect(tables.map(({ name }) => name)).not.toContain("half");
    await other.remove();
  });

  test("refuses a database of a newer program", async () => {
    const db = place.store.read as unknown as Kysely<unknown>;
    await expect(migrate(db, dialect, [])).rejects.toThrow("created by a newer version of Muster");
  });
});

test("a reader cannot write on SQLite", async () => {
  const place = await openTestStore("sqlite", [notes]);
  const attempt = (place.store.read as unknown as Notes)
    .insertInto("notes")
    .values({ id: 9, text: "x" })
    .execute();
  await expect(attempt).rejects.toThrow("readonly");
  await place.remove();
});

test("the hot path and ordinary transactions take turns on SQLite", async () => {
  const place = await openTestStore("sqlite", [notes]);
  const { engine } = place.store;
  if (engine.kind !== "sqlite") throw new Error("not SQLite");
  const insert = engine.writer.prepare("insert into notes (id, text) values (?, ?)");
  await Promise.all(
    Array.from({ length: 200 }, (_, id) =>
      id % 2 === 0
        ? engine.runExclusive(() => insert.run(id, `hot ${id}`))
        : place.store.transaction((tx) =>
            (tx as unknown as Notes)
              .insertInto("notes")
              .values({ id, text: `ordinary ${id}` })
              .execute(),
          ),
    ),
  );
  const { count } = engine.reader.prepare("select count(*) as count from notes").get() as { count: number };
  expect(count).toBe(200);
  await place.remove();
});
