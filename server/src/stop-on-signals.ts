import type { Logger } from "./platform/logging/logger.ts";

/** After this time the process exits, whatever has not ended. */
const MAX_STOP_MS = 5_000;

/**
 * Stops the process cleanly on SIGINT, SIGTERM, SIGHUP and when the launcher exits; a second signal ends it immediately. An
 * uncaught exception is logged and stops it too, because the state that it left is unknown.
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
      process.stderr.write("Stopping took too long. The process exits now.\n");
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
  if (process.send) process.on("disconnect", () => void shutDown("the launcher exited", 0));
  process.on("uncaughtException", (error) => {
    log.fatal({ err: error }, "Uncaught exception");
    void shutDown("failure", 1);
  });
}
