import type { Clock } from "../../../platform/clock.ts";
import type { Store } from "../../../platform/database/store.ts";
import type { Job } from "../../../platform/jobs/job.ts";
import type { RetentionClock } from "../../../platform/jobs/retention-clock.ts";
import type { Logger } from "../../../platform/logging/logger.ts";
import { deleteExpiredLinks } from "../acknowledge/acknowledge-link.repository.ts";
import type { OutboxWorker } from "./outbox-worker.ts";
import { deleteOldMessages, isOutboxStuck, releaseLeases } from "./outbox.system-repository.ts";
import { LEASE_MS } from "./send-message.ts";

const KEPT_MS = 30 * 24 * 3_600_000;
const PER_DELETION = 200;
const HEARTBEAT_TIMEOUT_MS = 10_000;
/** A message that could be sent for this long, while none is tried, shows that the outbox does not work. */
const MAX_WAIT_MS = 5 * 60_000;

/**
 * Sends what is due. Every server does: each message is taken by one of them. On SQLite, whose only server this is, what an earlier process
 * was sending when it was killed is sent without waiting for the end of its lease.
 */
export function createOutboxJob(deps: {
  store: Store;
  now: () => number;
  worker: Pick<OutboxWorker, "look">;
}): Job {
  const { store, now, worker } = deps;
  const earlier = { startedAt: now(), leaseMs: LEASE_MS };
  let areLeasesReleased = store.dialect !== "sqlite";
  return {
    name: "notification-outbox",
    everyMs: 1_000,
    isPerServer: true,
    async run() {
      if (!areLeasesReleased) await store.transaction((tx) => releaseLeases(tx, earlier));
      areLeasesReleased = true;
      await worker.look();
    },
  };
}

/** Deletes the delivery log after 30 days, and links that are no longer valid. */
export function createOutboxCleanUpJob(deps: {
  store: Store;
  retentionClock: Pick<RetentionClock, "advance">;
}): Job {
  const { store, retentionClock } = deps;
  return {
    name: "notification-clean-up",
    everyMs: 3_600_000,
    async run(signal) {
      const now = await retentionClock.advance();
      if (now === null) return;
      await store.transaction((tx) => deleteExpiredLinks(tx, now));
      while (!signal.aborted) {
        const deleted = await store.transaction((tx) => deleteOldMessages(tx, now - KEPT_MS, PER_DELETION));
        if (deleted < PER_DELETION) return;
      }
    },
  };
}

/**
 * Calls an address of the operator every minute, so that somebody else notices when it stops: when the database does not answer, when no job
 * runs, or when no server sends messages. A receiver that fails, or a long queue, does not stop it.
 */
export function createHeartbeatJob(deps: { store: Store; clock: Clock; log: Logger; url: string }): Job {
  const { store, clock, log, url } = deps;
  return {
    name: "heartbeat",
    everyMs: 60_000,
    async run(signal) {
      if (await isOutboxStuck(store.read, clock.now() - MAX_WAIT_MS)) {
        log.error("Notifications are not sent. The heartbeat is left out");
        return;
      }
      const timeout = AbortSignal.timeout(HEARTBEAT_TIMEOUT_MS);
      try {
        const answer = await fetch(url, { signal: AbortSignal.any([signal, timeout]), redirect: "manual" });
        await answer.body?.cancel();
        if (!answer.ok) log.warn({ status: answer.status }, "The heartbeat was not accepted");
      } catch (error) {
        log.warn({ err: error }, "The heartbeat could not be sent");
      }
    },
  };
}
