import type { Socket } from "node:net";
import type { Logger } from "../logging/logger.ts";
import { clientAddress, rateLimitKeyOf, type TrustedProxies } from "./client-address.ts";

export type AddressConnections = {
  /** Counts a connection until it closes, or destroys it when its address has the maximum already. */
  add(socket: Socket): void;
};

/**
 * Bounds the open connections of one address (IPv6: one /64), so that one machine cannot take all of the server's. A trusted proxy has as many as it
 * needs: behind it are other addresses.
 */
export function createAddressConnections({
  max,
  trustedProxies,
  log,
}: {
  max: number;
  trustedProxies: TrustedProxies;
  log: Logger;
}): AddressConnections {
  const counts = new Map<string, number>();
  /** Addresses that were logged, until they are below the maximum again. */
  const reported = new Set<string>();

  function refuse(socket: Socket, key: string): void {
    socket.destroy();
    if (reported.has(key)) return;
    reported.add(key);
    log.warn({ address: socket.remoteAddress, max }, "An address has too many open connections");
  }

  function release(key: string): void {
    const left = (counts.get(key) ?? 1) - 1;
    if (left === 0) counts.delete(key);
    else counts.set(key, left);
    reported.delete(key);
  }

  return {
    add(socket) {
      const address = clientAddress(socket.remoteAddress ?? "", undefined, trustedProxies);
      if (trustedProxies.has(address)) return;
      const key = rateLimitKeyOf(address);
      const open = counts.get(key) ?? 0;
      if (open >= max) return refuse(socket, key);
      counts.set(key, open + 1);
      socket.once("close", () => release(key));
    },
  };
}
