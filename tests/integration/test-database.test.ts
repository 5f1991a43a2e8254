import { Client } from "pg";
import { expect, test } from "vitest";
import { createTestDatabase } from "../harness/test-database.ts";

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test("gives each caller its own empty PostgreSQL database", async () => {
  const first = await createTestDatabase();
  const second = await createTestDatabase();
  await query(first.url, "create table mark (id integer)");
  expect(await query(second.url, "select to_regclass('mark') as found")).toEqual([{ found: null }]);
  expect(await query(first.url, "select version()")).toEqual([
    { version: expect.stringMatching(/^PostgreSQL 1[5-9]/) },
  ]);
  await first.drop();
  await second.drop();
  await expect(query(first.url, "select 1")).rejects.toThrow("does not exist");
});
