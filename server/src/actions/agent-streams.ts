import { setImmediate } from "node:timers/promises";
import type { EventStream } from "../platform/http/open-event-stream.ts";

/** The open streams of agents on this server, by device; a device that connects anew replaces its older stream. */
export type AgentStreams = {
  open(deviceId: string, stream: EventStream): void;
  /** Tells these devices that there is work; those that are connected elsewhere or not at all are passed over. */
  nudge(deviceIds: Iterable<string>): void;
  connected(): Iterable<string>;
  readonly size: number;
};

/** Nudged in one turn of the event loop; before the next ones, those that answer at once are heard. */
const NUDGED_AT_ONCE = 25;

export function createAgentStreams(frame: Parameters<EventStream["send"]>[0]): AgentStreams {
  const byDevice = new Map<string, EventStream>();

  async function nudgeInSlices(deviceIds: readonly string[]): Promise<void> {
    for (let start = 0; start < deviceIds.length; start += NUDGED_AT_ONCE) {
      if (start > 0) await setImmediate();
      for (const deviceId of deviceIds.slice(start, start + NUDGED_AT_ONCE)) {
        byDevice.get(deviceId)?.send(frame);
      }
    }
  }

  return {
    open(deviceId, stream) {
      const older = byDevice.get(deviceId);
      byDevice.set(deviceId, stream);
      older?.close("replaced");
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
