import type { Clock } from "../../platform/ports.ts";
import type { ServerContact } from "../state/agent-status.ts";
import type { Log } from "../log.ts";

/** Tracks whether reports are delivered, and logs when that changes. */
export type ContactTracker = {
  delivered(): void;
  /** `reason` is null when it was not even tried, because of earlier failures. */
  unreached(reason: string | null): void;
  now(): ServerContact;
};

export function createContactTracker(url: string, clock: Clock, log: Log): ContactTracker {
  let contact: ServerContact = { isReached: false, lastDeliveredAtMs: null, problem: null };
  return {
    delivered() {
      if (!contact.isReached) log.info(`Reports reach ${url}.`);
      contact = { isReached: true, lastDeliveredAtMs: clock.wallMs(), problem: null };
    },
    unreached(reason) {
      const problem = reason ?? contact.problem ?? "The agent waits before the next try.";
      if (contact.isReached || contact.problem === null)
        log.warn(`Reports do not reach the server: ${problem}`);
      contact = { ...contact, isReached: false, problem };
    },
    now: () => contact,
  };
}
