import type { EventStream } from "../platform/http/event-stream.ts";

/** The open streams of agents on this server, by device; a device that connects anew replaces its older stream. */
export type AgentStreams = {
  open(deviceId: string, stream: EventStream): void;
  /** Tells these devices that there is work; those that are connected elsewhere or not at all are passed over. */
  nudge(deviceIds: Iterable<string>): void;
  connected(): Iterable<string>;
  readonly size: number;
};

export function createAgentStreams(frame: Parameters<EventStream["send"]>[0]): AgentStreams {
  const byDevice = new Map<string, EventStream>();
  return {
    open(deviceId, stream) {
      const older = byDevice.get(deviceId);
      byDevice.set(deviceId, stream);
      older?.close();
      stream.onClose(() => {
        if (byDevice.get(deviceId) === stream) byDevice.delete(deviceId);
      });
    },
    nudge(deviceIds) {
      for (const deviceId of deviceIds) byDevice.get(deviceId)?.send(frame);
    },
    connected: () => byDevice.keys(),
    get size() {
      return byDevice.size;
    },
  };
}
