import pg from "pg";
import { SESSION_OPTIONS } from "../database/postgres-session.ts";
import type { Logger } from "../logging/logger.ts";

export type JobLock = {
  /** Runs `work` under the lock of `name`. Does nothing when another server holds that lock. */
  tryWithLock(name: string, work: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
};

/** For the only server of a database. */
export const noJobLock: JobLock = { tryWithLock: (_, work) => work(), close: async () => {} };

const APPLICATION_NAME = "muster jobs";

/** True when a server is connected to the database at `url`. */
export async function isPostgresServerConnected(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      "select 1 from pg_stat_activity where datname = current_database() and application_name = $1 limit 1",
      [APPLICATION_NAME],
    );
    return rowCount === 1;
  } finally {
    await client.end();
  }
}

/**
 * Advisory locks of PostgreSQL on a separate connection, so that locks take none of the pool. When the connection breaks, its locks
 * are released, and the next lock opens a new one.
 */
export function createPostgresJobLock({ url, log }: { url: string; log: Logger }): JobLock {
  let connecting: Promise<pg.Client> | null = null;

  async function connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: url,
      application_name: APPLICATION_NAME,
      keepAlive: true,
      options: SESSION_OPTIONS,
    });
    const forgetConnection = () => {
      connecting = null;
    };
    client.on("error", (error) => log.warn({ err: error }, "The connection for job locks broke"));
    client.on("end", forgetConnection);
    await client.connect().catch((error: unknown) => {
      forgetConnection();
      throw error;
    });
    return client;
  }

  return {
    async tryWithLock(name, work) {
      connecting ??= connect();
      const client = await connecting;
      const lockName = `muster job ${name}`;
      const { rows } = await client.query<{ got: boolean }>(
        "select pg_try_advisory_lock(hashtextextended($1, 0)) as got",
        [lockName],
      );
      if (rows[0]?.got !== true) return;
      try {
        await work();
      } finally {
        await release(client, lockName);
      }
    },
    async close() {
      const client = await connecting?.catch(() => null);
      await client?.end();
    },
  };

  async function release(client: pg.Client, lockName: string): Promise<void> {
    try {
      await client.query("select pg_advisory_unlock(hashtextextended($1, 0))", [lockName]);
    } catch (error) {
      log.debug({ err: error }, "The lock was released by the loss of its connection");
    }
  }
}
