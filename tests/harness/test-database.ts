import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { inject } from "vitest";

export type TestDatabase = {
  url: string;
  /** Closes whatever still uses the database, and removes it. */
  drop: () => Promise<void>;
};

/** An empty PostgreSQL database for one test file; call `drop` in afterAll. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = inject("postgresUrl");
  const name = `muster_test_${randomBytes(8).toString("hex")}`;
  await runOn(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => runOn(server, `drop database if exists ${name} with (force)`) };
}

async function runOn(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
