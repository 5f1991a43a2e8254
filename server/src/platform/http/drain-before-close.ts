import type { IncomingMessage } from "node:http";
import { Socket } from "node:net";

/** How long, and for how many bytes, a connection is kept for a body that nobody wants. */
export type DrainLimits = { maxMs: number; maxBytes: number };

const DEFAULT_DRAIN_LIMITS: DrainLimits = { maxMs: 10_000, maxBytes: 32 * 1_048_576 };
const CHECK_INTERVAL_MS = 100;

/**
 * Lets the connection of this request close only once its body has come in. Closed with bytes unread it would be reset, and the reset
 * may overtake the answer: the client would not learn why it was refused. The answer ends at once; what still comes is forgotten.
 */
export function drainBodyBeforeClose(
  incoming: IncomingMessage,
  { maxMs, maxBytes }: DrainLimits = DEFAULT_DRAIN_LIMITS,
): void {
  const { socket } = incoming;
  let isDraining = false;
  // What node:http and the adapter of Hono call in order to close after an answer.
  socket.destroySoon = () => {
    if (isDraining) return;
    if (incoming.complete || incoming.destroyed) return closeNow(socket);
    isDraining = true;
    socket.end();
    const bytesBefore = socket.bytesRead;
    const endsAt = performance.now() + maxMs;
    const watch = setInterval(() => {
      if (performance.now() > endsAt || socket.bytesRead - bytesBefore > maxBytes) socket.destroy();
    }, CHECK_INTERVAL_MS);
    socket.once("close", () => clearInterval(watch));
    incoming.once("end", () => closeNow(socket)).resume();
  };
}

function closeNow(socket: Socket): void {
  Reflect.apply(Socket.prototype.destroySoon, socket, []);
}
