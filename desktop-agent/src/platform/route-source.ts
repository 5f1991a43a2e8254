import { createSocket } from "node:dgram";

const LIMIT_MS = 2_000;
const ANY_PORT = 9;
// Documentation addresses (RFC 5737, RFC 3849) exist nowhere, so they follow the default route.
const DEFAULT_ROUTES = [
  ["udp4", "192.0.2.1"],
  ["udp6", "2001:db8::1"],
] as const;

/** Finds the addresses that this machine uses towards others. */
export type RouteSource = {
  /** Names the server's host. */
  routeTo(host: string): void;
  /** The source address of the route to the server, then those of the default routes. Never rejects. */
  addressesInUse(): Promise<string[]>;
};

/** Connects a datagram socket, which sends nothing, and reads its local address. */
export function createRouteSource(): RouteSource {
  let server: string | undefined;
  return {
    routeTo: (host) => {
      // A URL writes an IPv6 address in brackets.
      server = host.replaceAll(/^\[|\]$/g, "");
    },
    async addressesInUse() {
      const asked =
        server === undefined
          ? []
          : ([
              ["udp4", server],
              ["udp6", server],
            ] as const);
      const found = await Promise.all(
        [...asked, ...DEFAULT_ROUTES].map(([family, host]) => sourceTowards(family, host)),
      );
      return [...new Set(found.flatMap((address) => address ?? []))];
    },
  };
}

async function sourceTowards(family: "udp4" | "udp6", host: string): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  // There is no route, no such host or no IPv6: leave this address out.
  const giveUp = () => resolve(undefined);
  const timer = setTimeout(giveUp, LIMIT_MS);
  const socket = createSocket(family);
  socket.on("error", giveUp);
  try {
    socket.connect(ANY_PORT, host, (error?: Error) =>
      error === undefined || error === null ? resolve(socket.address().address) : giveUp(),
    );
    return await promise;
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
    socket.close();
  }
}
