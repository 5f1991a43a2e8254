import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { migrations } from "../../server/migrations/index.ts";
import type { Migration } from "../../server/src/platform/database/migration.ts";
import { openStore } from "../../server/src/platform/database/open-store.ts";
import type { Dialect, Store } from "../../server/src/platform/database/store.ts";
import { createTestDatabase } from "./test-database.ts";

export const DIALECTS: readonly Dialect[] = ["sqlite", "postgres"];

export type TestStore = {
  store: Store;
  /** For a second server on the same database. */
  url: string;
  /** Closes the store and removes the database. */
  remove(): Promise<void>;
};

/** A store on an empty database with the whole schema; call `remove` in afterAll. PostgreSQL needs the integration project. */
export async function openTestStore(
  dialect: Dialect,
  steps: readonly Migration[] = migrations,
): Promise<TestStore> {
  const place = dialect === "sqlite" ? await temporaryFile() : await temporaryDatabase();
  const store = await openStore({ url: place.url, log: pino({ level: "silent" }), migrations: steps });
  return {
    store,
    url: place.url,
    async remove() {
      await store.close();
      await place.remove();
    },
  };
}

async function temporaryFile() {
  const folder = await mkdtemp(join(tmpdir(), "muster-test-"));
  return {
    url: `sqlite:${join(folder, "muster.db")}`,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function temporaryDatabase() {
  const { url, drop } = await createTestDatabase();
  return { url, remove: drop };
}
