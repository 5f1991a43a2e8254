import type { EventBus } from "../platform/events/event-bus.ts";
import type { Logger } from "../platform/logging/logger.ts";
import type { AgentStreams } from "./agent-streams.ts";
import type { WaitingActions } from "./waiting-actions.ts";

/** Nudges the agents that are connected to this server when they have work. */
export function subscribeToQueuedActions(
  events: EventBus,
  waiting: WaitingActions,
  streams: AgentStreams,
  log: Logger,
): void {
  async function nudgeWaitingDevices(): Promise<void> {
    try {
      await waiting.refresh();
    } catch (error) {
      // A database that has just recovered may fail once more; the next run of the job reads again.
      log.warn({ err: error }, "Could not read the waiting actions; known ones are announced");
    }
    streams.nudge([...streams.connected()].filter((deviceId) => waiting.of(deviceId) > 0));
  }

  events.subscribe("action.queued", ({ ids }) => {
    waiting.hint(ids);
    streams.nudge(ids);
  });
  events.onResync(() => void nudgeWaitingDevices());
}
