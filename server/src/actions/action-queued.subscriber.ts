import type { EventBus } from "../platform/events/event-bus.ts";
import type { AgentStreams } from "./agent-streams.ts";
import type { WaitingActions } from "./waiting-actions.ts";

/** Nudges the agents of this server that have work. Returns how to stop. */
export function subscribeToQueuedActions(
  events: EventBus,
  waiting: WaitingActions,
  streams: AgentStreams,
): () => void {
  async function nudgeWhoWaits(): Promise<void> {
    await waiting.refresh();
    streams.nudge([...streams.connected()].filter((deviceId) => waiting.of(deviceId) > 0));
  }

  const stops = [
    events.subscribe("action.queued", ({ ids }) => {
      waiting.hint(ids);
      streams.nudge(ids);
    }),
    events.onResync(() => void nudgeWhoWaits()),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
