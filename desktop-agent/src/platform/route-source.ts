import { createSocket } from "node:dgram";

const LIMIT_MS = 2_000;
const ANY_PORT = 9;
// Addresses of documentation: they exist nowhere, so the way to them is the default route.
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

/** Asks the system which address it would send from: a datagram socket that is connected and sends nothing. */
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
  // No route, no such name or no IPv6: there is no address to tell.
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
