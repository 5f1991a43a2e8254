import type { FleetSummary } from "@muster/shared/contracts/device.ts";
import type { ActionsEvent, AlarmsEvent, DevicesEvent } from "@muster/shared/contracts/stream.ts";

/** `since` is epoch milliseconds: when the connection became what it is. */
export type Connection =
  | { state: "connecting" | "live"; since: number }
  | { state: "reconnecting" | "offline"; since: number };

/** Messages from the stream reader to the pages. */
export type StreamMessage =
  | { kind: "connection"; connection: Connection }
  | { kind: "devices"; event: DevicesEvent }
  | { kind: "actions"; event: ActionsEvent }
  | { kind: "alarms"; event: AlarmsEvent }
  | { kind: "summary"; summary: FleetSummary }
  | { kind: "resync" }
  | { kind: "session-ended" };

/** What a page has read when it asks for the stream. */
export type StreamStart = {
  organization: string | null;
  /** The position of the server before its reads; null where it is not known. */
  since: string | null;
  /** Epoch milliseconds of this computer before its reads. */
  readSince: number;
};

/** Messages from a page to the shared reader. */
export type PageMessage = ({ kind: "start" } & StreamStart) | { kind: "stop" };
