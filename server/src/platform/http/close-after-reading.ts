import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Keeps the connection of a client that asked to close it until its body has come in. Closed with bytes unread, it would be reset,
 * and the reset may overtake the answer that refuses them: the client would never learn why. Ends at the latest with the time limit
 * of a request.
 */
export function closeAfterReading(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { headers, socket } = incoming;
  const hasBody = headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
  if (outgoing.shouldKeepAlive || !hasBody) return;
  outgoing.shouldKeepAlive = true;
  let waitsFor = 2;
  const passed = () => {
    waitsFor -= 1;
    if (waitsFor === 0) socket.end();
  };
  incoming.once("end", passed);
  outgoing.once("finish", passed);
}
