import { credentialIdOf, expiryOf } from "./caller.ts";
import type { EventStream } from "./event-stream-connection.ts";
import type { ServerContext } from "./server-context.ts";

export type { EventStream } from "./event-stream-connection.ts";

/**
 * Opens a stream of server-sent events as the answer to this request. Heartbeats are sent automatically, and the stream is closed when
 * the caller loses its rights or its credential expires. Throws `rate-limited` when this credential has too many open streams. Needs a real connection: throws
 * under `app.request`.
 */
export function openEventStream(context: ServerContext): EventStream {
  const outgoing = context.env.outgoing;
  if (!outgoing) throw new Error("An event stream needs a real connection.");
  const eventStreams = context.get("eventStreams");
  const caller = context.get("caller");
  const owner = credentialIdOf(caller) ?? "";
  eventStreams.assertMayOpen(owner);
  outgoing.writeHead(200, {
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
    "x-content-type-options": "nosniff",
    "x-request-id": context.get("requestId"),
    // An ended stream gives its connection back at once.
    connection: "close",
  });
  outgoing.flushHeaders();
  return eventStreams.open({
    outgoing,
    owner,
    expiresAt: expiryOf(caller),
    identifyAgain: context.get("identifyAgain"),
  });
}
