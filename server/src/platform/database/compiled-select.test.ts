import Database from "better-sqlite3";
import { Kysely, sql } from "kysely";
import { expect, test } from "vitest";
import { compileSelect } from "./compiled-select.ts";
import { asKyselyDatabase } from "./sqlite-connection.ts";
import { TunedSqliteDialect } from "./sqlite-dialect.ts";
import type { Tables } from "./tables.ts";

function openEmpty(): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: new TunedSqliteDialect({ database: asKyselyDatabase(new Database(":memory:")) }),
  });
}

type Numbers = { from: number; word: string; most: number };

const read = compileSelect<Numbers, { n: number; word: string }>(
  ["from", "word", "most"],
  (db, { from, word, most }) =>
    db
      .selectFrom(sql<{ n: number }>`(select 1 as n union all select 2 union all select 3)`.as("numbers"))
      .select(["n", sql<string>`${word}`.as("word")])
      .where("n", ">=", from)
      .where("n", "!=", 99)
      .orderBy("n")
      .limit(most),
);

test("a compiled query runs with other values each time", async () => {
  const db = openEmpty();
  expect(await read(db, { from: 2, word: "a", most: 9 })).toEqual([
    { n: 2, word: "a" },
    { n: 3, word: "a" },
  ]);
  expect(await read(db, { from: 1, word: "b", most: 1 })).toEqual([{ n: 1, word: "b" }]);
});

test("a compiled query is built once for each database", async () => {
  let built = 0;
  const one = compileSelect<{ value: number }, { value: number }>(["value"], (db, { value }) => {
    built += 1;
    return db.selectNoFrom(sql<number>`${value}`.as("value"));
  });
  const [first, second] = [openEmpty(), openEmpty()];
  for (const db of [first, first, second, first]) expect(await one(db, { value: 5 })).toEqual([{ value: 5 }]);
  expect(built).toBe(2);
});
