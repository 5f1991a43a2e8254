import { deleteSignals, type DeviceSignal } from "../../fleet/index.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Logger } from "../../platform/logging/logger.ts";

/** So often a signal is tried on one server before it is given up. */
const MAX_ATTEMPTS = 5;

/** Gives up signals that fail again and again, so that they do not stop what comes after them. */
export function createFailedSignals({ store, log }: { store: Store; log: Logger }) {
  const attempts = new Map<number, number>();
  return {
    /** Counts a failure of one device's signals. Returns how many were given up. */
    async count(signals: readonly DeviceSignal[], error: unknown): Promise<number> {
      const [first] = signals;
      if (!first) return 0;
      const count = (attempts.get(first.id) ?? 0) + 1;
      const ids = signals.map(({ id }) => id);
      const what = { err: error, deviceId: first.deviceId, signals: ids.length, attempt: count };
      if (count < MAX_ATTEMPTS) {
        attempts.set(first.id, count);
        log.warn(what, "Alarms of a device could not be evaluated. It is tried again");
        return 0;
      }
      attempts.delete(first.id);
      await store.transaction((tx) => deleteSignals(tx, ids));
      log.error(what, "Alarms of a device could not be evaluated. What it reported is given up");
      return ids.length;
    },
  };
}
