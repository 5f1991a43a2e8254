import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Logger } from "../logging/logger.ts";
import { clientAddress, rateLimitKeyOf, type TrustedProxies } from "./client-address.ts";

/** Answers that are read within milliseconds are not counted. */
const MIN_COUNTED_BYTES = 65_536;
const MAX_UNREAD_BYTES_PER_ADDRESS = 64 * 1_048_576;

type Progress = { sentBytes: number; queuedBytes: number; at: number };

export type UnreadOutput = {
  /** Observes a connection until it closes. */
  addConnection(socket: Socket): void;
  /** Counts the answer to a request against the client's address. */
  addAnswer(incoming: IncomingMessage, outgoing: ServerResponse): void;
  close(): void;
};

type Options = {
  /** Time without progress after which a connection is cut. */
  unreadMs: number;
  checkMs: number;
  maxBytesPerAddress?: number;
  trustedProxies: TrustedProxies;
  log: Logger;
};

/**
 * Bounds what the server keeps for clients that do not read: a connection on which nothing was read for `unreadMs` is cut, and above
 * `maxBytesPerAddress` the connection of that address that has waited longest.
 */
export function createUnreadOutput({
  unreadMs,
  checkMs,
  maxBytesPerAddress = MAX_UNREAD_BYTES_PER_ADDRESS,
  trustedProxies,
  log,
}: Options): UnreadOutput {
  const progress = new Map<Socket, Progress>();
  const byAddress = new Map<string, Set<Socket>>();
  const timer = setInterval(cutStalled, checkMs).unref();

  function cutStalled(): void {
    const now = performance.now();
    for (const [socket, last] of progress) {
      if (socket.writableLength === 0 || hasProgressed(socket, last)) last.at = now;
      else if (now - last.at >= unreadMs) cut(socket, "A client did not read its answer in time");
    }
  }

  function cut(socket: Socket, reason: string): void {
    log.info({ address: socket.remoteAddress, unreadBytes: socket.writableLength }, reason);
    socket.destroy();
  }

  function limit(address: string): void {
    const sockets = byAddress.get(address) ?? new Set();
    let unreadBytes = sum([...sockets].map((socket) => socket.writableLength));
    const oldestFirst = [...sockets].toSorted(
      (a, b) => (progress.get(a)?.at ?? 0) - (progress.get(b)?.at ?? 0),
    );
    // The last one stays: a single answer may be larger than the limit.
    for (const socket of oldestFirst.slice(0, -1)) {
      if (unreadBytes <= maxBytesPerAddress) return;
      unreadBytes -= socket.writableLength;
      cut(socket, "A client has too many unread answers");
    }
  }

  return {
    addConnection(socket) {
      progress.set(socket, { sentBytes: 0, queuedBytes: 0, at: performance.now() });
      socket.once("close", () => progress.delete(socket));
    },
    addAnswer(incoming, outgoing) {
      const { socket, headers } = incoming;
      // Emitted when the whole answer was given to the socket; "finish" follows when all of it was sent.
      outgoing.on("prefinish", () => {
        if (socket.writableLength < MIN_COUNTED_BYTES) return;
        const forwardedFor = [headers["x-forwarded-for"] ?? []].flat().join(",") || undefined;
        const peer = socket.remoteAddress ?? "";
        const address = rateLimitKeyOf(clientAddress(peer, forwardedFor, trustedProxies));
        const sockets = byAddress.get(address) ?? new Set();
        byAddress.set(address, sockets.add(socket));
        outgoing.once("close", () => {
          sockets.delete(socket);
          if (sockets.size === 0) byAddress.delete(address);
        });
        limit(address);
      });
    },
    close: () => clearInterval(timer),
  };
}

/** Compares with the last check and stores the new state. Bytes that were only added are no progress. */
function hasProgressed(socket: Socket, last: Progress): boolean {
  const sentBytes = socket.bytesWritten - socket.writableLength;
  const queuedBytes = queuedBytesOf(socket);
  const isFurther = sentBytes > last.sentBytes || queuedBytes < last.queuedBytes;
  last.sentBytes = sentBytes;
  last.queuedBytes = queuedBytes;
  return isFurther;
}

/** Bytes of the current write that the system has not taken yet. node:net measures its own timeouts by this private property. */
function queuedBytesOf(socket: Socket): number {
  const handle: unknown = Reflect.get(socket, "_handle");
  const queued: unknown =
    typeof handle === "object" && handle !== null && Reflect.get(handle, "writeQueueSize");
  return typeof queued === "number" ? queued : 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
