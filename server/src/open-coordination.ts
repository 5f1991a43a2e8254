import { acquireSingleServerLock } from "./platform/database/single-server-lock.ts";
import type { Store } from "./platform/database/store.ts";
import type { EventBus } from "./platform/events/event-bus.ts";
import { createLocalEventBus } from "./platform/events/local-event-bus.ts";
import { createPostgresEventBus } from "./platform/events/postgres-event-bus.ts";
import { createPostgresJobLock, type JobLock, noJobLock } from "./platform/jobs/job-lock.ts";
import type { Logger } from "./platform/logging/logger.ts";

/** What keeps servers of one database from getting in each other's way. */
export type Coordination = {
  events: EventBus;
  jobLock: JobLock;
  /** Lets another server use the database; to be called after the store is closed. */
  release(): void;
};

/** PostgreSQL may have many servers, SQLite has one. Throws StartError when another server uses the SQLite database. */
export async function openCoordination(options: {
  engine: Store["engine"];
  databaseUrl: string;
  log: Logger;
}): Promise<Coordination> {
  const { engine, databaseUrl: url, log } = options;
  if (engine.kind === "sqlite") {
    const { release } = acquireSingleServerLock(engine.path);
    return { events: createLocalEventBus(log), jobLock: noJobLock, release };
  }
  return {
    events: await createPostgresEventBus({ url, log }),
    jobLock: createPostgresJobLock({ url, log }),
    release: () => {},
  };
}
