import type { EventBus } from "../events/event-bus.ts";
import type { Job } from "../jobs/job.ts";
import type { EventStreams } from "./event-streams.ts";

const EVERY_MS = 500;

/**
 * Closes open streams whose credential lost its rights: at once when a hint says so, and in any case within a second, for the
 * command line cannot send hints.
 */
export function createStreamRightsJob({
  eventStreams,
  events,
}: {
  eventStreams: EventStreams;
  events: EventBus;
}): Job {
  events.subscribe("credential.changed", ({ orgId }) => void eventStreams.recheck(orgId));
  events.onResync(() => void eventStreams.recheck());
  return { name: "stream-rights", everyMs: EVERY_MS, isPerServer: true, run: () => eventStreams.recheck() };
}
