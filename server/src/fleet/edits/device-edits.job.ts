import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Logger } from "../../platform/logging/logger.ts";
import type { Job } from "../../platform/jobs/job.ts";
import { deleteEditPart, findOldEdit, readAbandonedEdits } from "./device-edit.system-repository.ts";
import type { EditRunner } from "./edit-runner.ts";

const EVERY_MS = 5_000;
/** An edit without progress for this long is of a server that stopped. */
const ABANDONED_AFTER_MS = 15_000;
const KEPT_MS = 24 * 3_600_000;
const ITEMS_PER_DELETION = 500;

/** Continues edits that a server left unfinished, and deletes those that are over for a day. */
export function createDeviceEditsJob(deps: {
  store: Store;
  clock: Clock;
  log: Logger;
  runner: EditRunner;
}): Job {
  const { store, clock, log, runner } = deps;
  return {
    name: "device-edits",
    everyMs: EVERY_MS,
    async run(signal) {
      for (const edit of await readAbandonedEdits(store.read, clock.now() - ABANDONED_AFTER_MS)) {
        try {
          await runner.finish(edit, signal);
        } catch (error) {
          // The others are continued all the same.
          log.error({ err: error, edit: edit.id }, "An edit of devices cannot be continued.");
        }
      }
      while (!signal.aborted) {
        const old = await findOldEdit(store.read, clock.now() - KEPT_MS);
        if (!old) return;
        await store.transaction((tx) => deleteEditPart(tx, old.id, ITEMS_PER_DELETION));
      }
    },
  };
}
