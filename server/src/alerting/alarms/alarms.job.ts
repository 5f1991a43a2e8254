import type { Store } from "../../platform/database/store.ts";
import type { Job } from "../../platform/jobs/job.ts";
import type { RetentionClock } from "../../platform/jobs/retention-clock.ts";
import { deleteEndedAlarms } from "./alarm.system-repository.ts";
import type { createOutageAlarms } from "./outage-alarms.ts";
import type { createPendingAlarms } from "./pending-alarms.ts";

const EVERY_MS = 2_000;
const HOUR_MS = 3_600_000;
/** Ended alarms are kept for this time. */
const KEPT_MS = 365 * 24 * HOUR_MS;
const ALARMS_PER_DELETION = 200;

/** Follows the time and suspected outages. One server at a time runs it. */
export function createAlarmsJob(parts: {
  pending: ReturnType<typeof createPendingAlarms>;
  outages: ReturnType<typeof createOutageAlarms>;
}): Job {
  return {
    name: "alarms",
    everyMs: EVERY_MS,
    async run(signal) {
      await parts.outages.compare(signal);
      await parts.pending.run(signal);
    },
  };
}

/** Deletes alarms that ended a year ago. Follows the retention clock, so that a wrong wall clock deletes nothing early. */
export function createAlarmRetentionJob({
  store,
  retentionClock,
}: {
  store: Store;
  retentionClock: Pick<RetentionClock, "advance">;
}): Job {
  return {
    name: "alarm-retention",
    everyMs: HOUR_MS,
    async run(signal) {
      const now = await retentionClock.advance();
      if (now === null) return;
      const slice = { endedBefore: now - KEPT_MS, limit: ALARMS_PER_DELETION };
      for (let deleted = slice.limit; deleted === slice.limit && !signal.aborted; ) {
        deleted = await store.transaction((tx) => deleteEndedAlarms(tx, slice));
      }
    },
  };
}
