import { setImmediate } from "node:timers/promises";
import type { EventStream } from "../platform/http/open-event-stream.ts";

/** The open streams of agents on this server, by device; a new connection of a device replaces its previous stream. */
export type AgentStreams = {
  open(deviceId: string, stream: EventStream): void;
  /** Tells these devices that there is work; devices that are not connected to this server are skipped. */
  nudge(deviceIds: Iterable<string>): void;
  connected(): Iterable<string>;
  readonly size: number;
};

/** Nudges in one turn of the event loop: devices that answer immediately are served before the next ones. */
const NUDGES_PER_TURN = 25;

export function createAgentStreams(frame: Parameters<EventStream["send"]>[0]): AgentStreams {
  const byDevice = new Map<string, EventStream>();

  async function nudgeInSlices(deviceIds: readonly string[]): Promise<void> {
    for (let start = 0; start < deviceIds.length; start += NUDGES_PER_TURN) {
      if (start > 0) await setImmediate();
      for (const deviceId of deviceIds.slice(start, start + NUDGES_PER_TURN)) {
        byDevice.get(deviceId)?.send(frame);
      }
    }
  }

  return {
    open(deviceId, stream) {
      const previous = byDevice.get(deviceId);
      byDevice.set(deviceId, stream);
      previous?.close("replaced");
      stream.onClose(() => {
        if (byDevice.get(deviceId) === stream) byDevice.delete(deviceId);
      });
    },
    nudge(deviceIds) {
      void nudgeInSlices([...deviceIds].filter((deviceId) => byDevice.has(deviceId)));
    },
    connected: () => byDevice.keys(),
    get size() {
      return byDevice.size;
    },
  };
}
