import type { Logger } from "../../platform/logging/logger.ts";
import type { DeviceEditRow } from "./device-edits.tables.ts";
import type { RunPortion } from "./run-device-edit.ts";

type RunningEdit = Pick<DeviceEditRow, "id" | "org_id">;

export type EditRunner = {
  /** Runs the first portions of an edit, and the others in the background. */
  start(edit: RunningEdit): Promise<void>;
  /** Runs an edit to its end, or until `signal` is aborted. */
  finish(edit: RunningEdit, signal: AbortSignal): Promise<void>;
  /** Stops after the portions that are being written. What is left is continued by the job of another or the next server. */
  stop(): Promise<void>;
};

/** So many portions belong to the request: an edit of fewer than 100 devices is done when it is answered. */
const PORTIONS_IN_REQUEST = 4;

export function createEditRunner({ runPortion, log }: { runPortion: RunPortion; log: Logger }): EditRunner {
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();

  async function finish(edit: RunningEdit, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && !stopping.signal.aborted) if (await runPortion(edit)) return;
  }

  function logStop(edit: RunningEdit, error: unknown): void {
    log.error({ err: error, edit: edit.id }, "An edit of devices stopped. It is continued later.");
  }

  return {
    finish,
    async start(edit) {
      // The edit is stored: whatever fails now, it is answered as running, and the job continues it.
      try {
        for (let count = 0; count < PORTIONS_IN_REQUEST; count += 1) if (await runPortion(edit)) return;
      } catch (error) {
        return logStop(edit, error);
      }
      const rest = finish(edit, stopping.signal)
        .catch((error: unknown) => logStop(edit, error))
        .finally(() => running.delete(rest));
      running.add(rest);
    },
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}
