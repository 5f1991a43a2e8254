import type { IncomingMessage } from "node:http";
import { Socket } from "node:net";

/** How long, and for how many bytes, a connection is kept for a body that nobody wants. */
export type LingerLimits = { mostMs: number; mostBytes: number };

const LINGER: LingerLimits = { mostMs: 10_000, mostBytes: 32 * 1_048_576 };
const CHECK_MS = 100;

/**
 * Lets the connection of this request close only once its body has come in. Closed with bytes unread it would be reset, and the reset
 * may overtake the answer: the client would not learn why it was refused. The answer ends at once; what still comes is forgotten.
 */
export function lingerForBody(incoming: IncomingMessage, { mostMs, mostBytes }: LingerLimits = LINGER): void {
  const { socket } = incoming;
  let isLingering = false;
  // What node:http and the adapter of Hono call in order to close after an answer.
  socket.destroySoon = () => {
    if (isLingering) return;
    if (incoming.complete || incoming.destroyed) return closeNow(socket);
    isLingering = true;
    socket.end();
    const bytesBefore = socket.bytesRead;
    const endsAt = performance.now() + mostMs;
    const watch = setInterval(() => {
      if (performance.now() > endsAt || socket.bytesRead - bytesBefore > mostBytes) socket.destroy();
    }, CHECK_MS);
    socket.once("close", () => clearInterval(watch));
    incoming.once("end", () => closeNow(socket)).resume();
  };
}

function closeNow(socket: Socket): void {
  Reflect.apply(Socket.prototype.destroySoon, socket, []);
}
