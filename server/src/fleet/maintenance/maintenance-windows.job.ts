import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Job } from "../../platform/jobs/job.ts";
import type { ApplyWindows } from "./apply-windows.ts";
import { readAllWindows, readDueOrganizations, writeChecked } from "./due-windows.system-repository.ts";
import { currentAndNext, nextCheckAt, readScope } from "./stored-window.ts";

const EVERY_MS = 1_000;

/** Opens and closes maintenance windows, and follows devices that come into the scope of an open one. */
export function createMaintenanceWindowsJob(deps: {
  store: Store;
  clock: Clock;
  applyWindows: ApplyWindows;
}): Job {
  const { store, clock, applyWindows } = deps;
  return {
    name: "fleet-maintenance-windows",
    everyMs: EVERY_MS,
    async run(signal) {
      for (const orgId of await readDueOrganizations(store.read, clock.now())) {
        const now = clock.now();
        const windows = await readAllWindows(store.read, orgId);
        const open = windows.flatMap((window) => {
          const { current } = currentAndNext(window, now);
          return current ? [{ scope: readScope(window), endsAt: current.endsAt }] : [];
        });
        await applyWindows(orgId, open, signal);
        if (signal.aborted) return;
        const due = windows.filter(({ check_at }) => check_at !== null && check_at <= now);
        await store.transaction(async (tx) => {
          for (const window of due) await writeChecked(tx, window, nextCheckAt(window, now));
        });
      }
    },
  };
}
