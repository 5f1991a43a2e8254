import type { Store } from "../../platform/database/store.ts";
import type { Job } from "../../platform/jobs/job.ts";
import type { RetentionClock } from "../../platform/jobs/retention-clock.ts";
import { deleteLegacySessionsEndedBefore } from "../legacy/legacy-session.system-repository.ts";
import { deleteKnownBrowsersEndedBefore } from "../login/known-browser.system-repository.ts";
import { deleteOldThrottles } from "../login/login-throttle.system-repository.ts";
import { deleteOldSessions } from "../login/session.system-repository.ts";
import { MAX_SESSION_IDLE_MS, MAX_SESSION_AGE_MS } from "../login/session-rules.ts";
import { FAILURE_MEMORY_MS } from "../login/throttle-rules.ts";
import { deleteSetupLinksEndedBefore } from "../setup/setup-link.system-repository.ts";

const CLEAN_UP_INTERVAL_MS = 3_600_000;

/** Deletes expired sessions, known browsers, counters of failed logins and set-up links. Their use is judged by the wall clock, not by this job. */
export function createCleanUpJob({
  store,
  retentionClock,
}: {
  store: Store;
  retentionClock: Pick<RetentionClock, "advance">;
}): Job {
  return {
    name: "identity-clean-up",
    everyMs: CLEAN_UP_INTERVAL_MS,
    async run() {
      const now = await retentionClock.advance();
      if (now === null) return;
      await store.transaction(async (tx) => {
        await deleteOldSessions(tx, {
          createdUntil: now - MAX_SESSION_AGE_MS,
          usedUntil: now - MAX_SESSION_IDLE_MS,
        });
        await deleteOldThrottles(tx, now - FAILURE_MEMORY_MS);
        await deleteKnownBrowsersEndedBefore(tx, now);
        await deleteSetupLinksEndedBefore(tx, now);
        await deleteLegacySessionsEndedBefore(tx, now);
      });
    },
  };
}
