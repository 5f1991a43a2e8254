import type { Logger } from "./platform/logging/logger.ts";

/** All of a stop takes no longer; what has not ended then is cut. */
const MAX_STOP_MS = 5_000;

/**
 * Stops the process cleanly on SIGINT, SIGTERM, SIGHUP and when the launcher is gone; a second signal ends it at once. A failure
 * that nobody caught is logged whole and stops it too, for nobody knows what it left half done.
 */
export function stopOnSignals(options: {
  stop: () => Promise<void>;
  closeLog: () => Promise<void>;
  log: Logger;
}): void {
  const { stop, closeLog, log } = options;
  let isStopping = false;

  async function shutDown(reason: string, exitCode: number): Promise<void> {
    if (isStopping) process.exit(1);
    isStopping = true;
    log.info({ reason }, "Stopping");
    const limit = setTimeout(() => {
      process.stderr.write("Stopping took too long: the rest was cut.\n");
      process.exit(1);
    }, MAX_STOP_MS);
    try {
      await stop();
      log.info("Stopped");
      await closeLog();
    } catch (error) {
      log.error({ err: error }, "Stopping failed");
      process.exit(1);
    }
    clearTimeout(limit);
    process.exit(exitCode);
  }

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => void shutDown(signal, 0));
  if (process.send) process.on("disconnect", () => void shutDown("the launcher is gone", 0));
  process.on("uncaughtException", (error) => {
    log.fatal({ err: error }, "A failure that nobody caught");
    void shutDown("failure", 1);
  });
}
