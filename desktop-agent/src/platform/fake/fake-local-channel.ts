import { type Duplex, duplexPair } from "node:stream";
import type { LocalChannelPort, LoggedInUser } from "../ports/local-channel-port.ts";

export type FakeLocalChannel = LocalChannelPort & {
  /** Sets the logged-in users and notifies watchers; an Error makes the next read fail. */
  logIn(users: readonly LoggedInUser[] | Error): void;
  /** Channels that are open now, by account. */
  opened(): readonly string[];
  /** Connects as this user; null when they have no channel. */
  connectAs(id: string): Duplex | null;
  /** Which account `connect` is of, and whether a service is installed. */
  own: { id: string; isInstalled: boolean };
};

/** Channels in memory: a connection is a pair of streams. */
export function createFakeLocalChannel(): FakeLocalChannel {
  const channels = new Map<string, (peer: Duplex) => void>();
  const watchers = new Set<() => void>();
  let users: readonly LoggedInUser[] | Error = [];
  const own = { id: "1000", isInstalled: false };

  function connectAs(id: string): Duplex | null {
    const connected = channels.get(id);
    if (!connected) return null;
    const [here, there] = duplexPair();
    connected(there);
    return here;
  }

  return {
    own,
    canServe: () => true,
    async users() {
      if (users instanceof Error) throw users;
      return [...users];
    },
    usersEveryMs: () => 60_000,
    watchUsers(changed) {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    removeLeft: async () => undefined,
    async open({ id }, connected) {
      channels.set(id, connected);
      return { close: async () => void channels.delete(id) };
    },
    async connect() {
      const stream = connectAs(own.id);
      if (!stream) throw new Error("nobody listens");
      return stream;
    },
    isServiceInstalled: async () => own.isInstalled,
    logIn(next) {
      users = next;
      for (const changed of watchers) changed();
    },
    opened: () => [...channels.keys()],
    connectAs,
  };
}
