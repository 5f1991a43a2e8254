import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Job } from "../../platform/jobs/job.ts";
import { deleteCompatSessionsEndedBefore } from "../compat/compat-session.system-repository.ts";
import { deleteOldThrottles } from "../login/login-throttle.system-repository.ts";
import { deleteOldSessions } from "../login/session.system-repository.ts";
import { SESSION_IDLE_MS, SESSION_MAX_MS } from "../login/session-rules.ts";
import { FORGET_FAILURES_AFTER_MS, KNOWN_ADDRESS_MS } from "../login/throttle-rules.ts";
import { deleteSetupLinksEndedBefore } from "../setup/setup-link.system-repository.ts";

const EVERY_MS = 3_600_000;

/** Removes sessions, counters of failed logins and set-up links that are over anyway. */
export function createCleanUpJob({ store, clock }: { store: Store; clock: Clock }): Job {
  return {
    name: "identity-clean-up",
    everyMs: EVERY_MS,
    async run() {
      const now = clock.now();
      await store.transaction(async (tx) => {
        await deleteOldSessions(tx, {
          createdUntil: now - SESSION_MAX_MS,
          usedUntil: now - SESSION_IDLE_MS,
        });
        await deleteOldThrottles(tx, {
          updatedBefore: now - FORGET_FAILURES_AFTER_MS,
          succeededBefore: now - KNOWN_ADDRESS_MS,
        });
        await deleteSetupLinksEndedBefore(tx, now);
        await deleteCompatSessionsEndedBefore(tx, now);
      });
    },
  };
}
