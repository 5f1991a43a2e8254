import type { Store } from "../database/store.ts";
import { MusterError } from "../errors.ts";
import type { Logger } from "../logging/logger.ts";

const MAX_ANSWER_MS = 2000;

/** True when the database answers a query in time. */
export type DatabaseCheck = () => Promise<boolean>;

/** Runs one query at a time and shares its result, so that queries do not pile up at a database that hangs. */
export function createDatabaseCheck({
  store,
  log,
  timeLimitMs = MAX_ANSWER_MS,
}: {
  store: Pick<Store, "ping">;
  log: Logger;
  timeLimitMs?: number;
}): DatabaseCheck {
  let pinging: Promise<boolean> | null = null;

  async function ping(): Promise<boolean> {
    try {
      await store.ping();
      return true;
    } catch (error) {
      // A MusterError means that the failed write was logged.
      if (!(error instanceof MusterError)) log.warn({ err: error }, "The database does not answer");
      return false;
    } finally {
      pinging = null;
    }
  }

  return async () => {
    pinging ??= ping();
    let timer: NodeJS.Timeout | undefined;
    const timedOut = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), timeLimitMs);
    });
    try {
      return await Promise.race([pinging, timedOut]);
    } finally {
      clearTimeout(timer);
    }
  };
}
