import type { Store } from "../database/store.ts";
import type { Logger } from "../logging/logger.ts";

const TIME_LIMIT_MS = 2000;

/** Tells whether the database answers a real question in time. */
export type DatabaseCheck = () => Promise<boolean>;

/** Asks one question at a time, however many want to know, so that a database that hangs is not asked ever more. */
export function createDatabaseCheck({
  store,
  log,
  timeLimitMs = TIME_LIMIT_MS,
}: {
  store: Pick<Store, "ping">;
  log: Logger;
  timeLimitMs?: number;
}): DatabaseCheck {
  let asking: Promise<boolean> | null = null;

  async function ask(): Promise<boolean> {
    try {
      await store.ping();
      return true;
    } catch (error) {
      log.warn({ err: error }, "The database does not answer");
      return false;
    } finally {
      asking = null;
    }
  }

  return async () => {
    asking ??= ask();
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), timeLimitMs);
    });
    try {
      return await Promise.race([asking, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  };
}
