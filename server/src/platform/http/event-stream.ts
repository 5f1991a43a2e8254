import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { EventFrame } from "./event-frame.ts";
import type { ServerContext } from "./server-context.ts";

/** An answer that stays open and carries server-sent events. */
export type EventStream = {
  /** What the route's handler returns. */
  readonly response: Response;
  /** Writes a frame; does nothing once closed. While the reader is slow the frame is dropped and a `resync` follows. */
  send(frame: EventFrame): void;
  /** True while frames are dropped because the reader has yet to take what was sent. */
  readonly isSlow: boolean;
  /** Ends the answer. */
  close(): void;
  /** Calls `listener` once: when the reader left, lost its rights, was given up as too slow, or the server stops. */
  onClose(listener: () => void): void;
};

/**
 * Opens a stream of server-sent events as the answer to this request. It beats by itself, and is closed by the server when
 * the caller's rights are gone. Throws `rate-limited` when this credential has too many open. Only on a real connection: throws
 * under `app.request`.
 */
export function openEventStream(context: ServerContext): EventStream {
  const outgoing = context.env.outgoing;
  if (!outgoing) throw new Error("An event stream needs a real connection");
  const eventStreams = context.get("eventStreams");
  const owner = context.get("credentialKey");
  eventStreams.admit(owner);
  outgoing.writeHead(200, {
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
    "x-content-type-options": "nosniff",
    "x-request-id": context.get("requestId"),
  });
  outgoing.flushHeaders();
  const writer = eventStreams.open({
    outgoing,
    owner,
    isStillAllowed: context.get("isStillAllowed"),
  });
  return Object.assign(writer, { response: RESPONSE_ALREADY_SENT });
}
