import type { EventBus } from "../platform/events/event-bus.ts";
import type { Logger } from "../platform/logging/logger.ts";
import type { AgentStreams } from "./agent-streams.ts";
import type { WaitingActions } from "./waiting-actions.ts";

/** Nudges the agents of this server that have work. Returns how to stop. */
export function subscribeToQueuedActions(
  events: EventBus,
  waiting: WaitingActions,
  streams: AgentStreams,
  log: Logger,
): () => void {
  async function nudgeWaitingDevices(): Promise<void> {
    try {
      await waiting.refresh();
    } catch (error) {
      // A database that has just come back may fail once more; the next turn of the job reads it again.
      log.warn({ err: error }, "Could not read which actions wait");
    }
    streams.nudge([...streams.connected()].filter((deviceId) => waiting.of(deviceId) > 0));
  }

  const stops = [
    events.subscribe("action.queued", ({ ids }) => {
      waiting.hint(ids);
      streams.nudge(ids);
    }),
    events.onResync(() => void nudgeWaitingDevices()),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
