import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/**
 * Handles the requests of a connection one after the other. node:http starts pipelined requests together and keeps their answers in
 * memory until the client has read those before.
 */
export function handleSerially(handle: RequestListener): RequestListener {
  const latest = new WeakMap<Socket, ServerResponse>();
  return (incoming: IncomingMessage, outgoing) => {
    const { socket } = incoming;
    const previous = latest.get(socket);
    latest.set(socket, outgoing);
    if (!previous || previous.closed) return handle(incoming, outgoing);
    previous.once("close", () => {
      if (!socket.destroyed) handle(incoming, outgoing);
    });
  };
}
