import type { FleetSummary } from "@muster/shared/contracts/device.ts";
import type { ActionsEvent, DevicesEvent } from "@muster/shared/contracts/stream.ts";

/** `since` is epoch milliseconds: when the connection became what it is. */
export type Connection =
  | { state: "connecting" | "live"; since: number }
  | { state: "reconnecting" | "offline"; since: number };

/** Messages from the stream reader to the pages. */
export type StreamMessage =
  | { kind: "connection"; connection: Connection }
  | { kind: "devices"; event: DevicesEvent }
  | { kind: "actions"; event: ActionsEvent }
  | { kind: "summary"; summary: FleetSummary }
  | { kind: "resync" }
  | { kind: "session-ended" };

/** Messages from a page to the shared reader. */
export type PageMessage = { kind: "start"; organization: string | null } | { kind: "stop" };
