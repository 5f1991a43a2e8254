import type { IncomingMessage } from "node:http";
import { Socket } from "node:net";

/** Limits of reading the rest of a body after the answer. */
export type DrainLimits = { maxMs: number; maxBytes: number };

const DEFAULT_DRAIN_LIMITS: DrainLimits = { maxMs: 10_000, maxBytes: 32 * 1_048_576 };
const CHECK_INTERVAL_MS = 100;

/** The newest request of each connection: a closure over it would keep every request until the connection's next one. */
const newest = new WeakMap<Socket, IncomingMessage>();

/**
 * Delays the close of this request's connection until the body has arrived. Closing with unread bytes resets the connection, and the
 * reset can overtake the answer: the client would not see the error. The answer is sent immediately; the rest of the body is discarded.
 */
export function drainBodyBeforeClose(
  incoming: IncomingMessage,
  limits: DrainLimits = DEFAULT_DRAIN_LIMITS,
): void {
  const { socket } = incoming;
  const isFirst = !newest.has(socket);
  newest.set(socket, incoming);
  // node:http and the adapter of Hono call this to close after an answer.
  if (isFirst) socket.destroySoon = createDrainingClose(socket, limits);
}

function createDrainingClose(socket: Socket, { maxMs, maxBytes }: DrainLimits): () => void {
  let isDraining = false;
  return () => {
    if (isDraining) return;
    const incoming = newest.get(socket);
    if (!incoming || incoming.complete || incoming.destroyed) return closeNow(socket);
    isDraining = true;
    socket.end();
    const bytesBefore = socket.bytesRead;
    const endsAt = performance.now() + maxMs;
    const check = setInterval(() => {
      if (performance.now() > endsAt || socket.bytesRead - bytesBefore > maxBytes) socket.destroy();
    }, CHECK_INTERVAL_MS);
    socket.once("close", () => clearInterval(check));
    incoming.once("end", () => closeNow(socket)).resume();
  };
}

function closeNow(socket: Socket): void {
  Reflect.apply(Socket.prototype.destroySoon, socket, []);
}
