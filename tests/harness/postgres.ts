import type { TestProject } from "vitest/node";
import { type RunningPostgres, startPostgres } from "./start-postgres.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** A URL whose user may create databases. */
    postgresUrl: string;
  }
}

type Shared = { server: Promise<RunningPostgres>; users: number };

// Every project loads its own copy of this file, and one server is enough for all of them.
const slot = Symbol.for("muster.test-postgres");
const shared = globalThis as unknown as Record<typeof slot, Shared | undefined>;

/** Vitest global setup: gives the project a PostgreSQL, MUSTER_TEST_DATABASE_URL if set, else one of our own. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env["MUSTER_TEST_DATABASE_URL"];
  if (given) {
    project.provide("postgresUrl", given);
    return undefined;
  }
  shared[slot] ??= { server: startPostgres(), users: 0 };
  const own = shared[slot];
  own.users += 1;
  const server = await own.server;
  project.provide("postgresUrl", server.url);
  return async () => {
    own.users -= 1;
    if (own.users > 0) return;
    shared[slot] = undefined;
    await server.stop();
  };
}
