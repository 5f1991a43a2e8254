import type { Duplex } from "node:stream";

/** A local user who is logged in at a desktop. `id` identifies the account: a uid, or a SID on Windows. */
export type LoggedInUser = { id: string; user: string };

/** The open channel of one local user; `close` ends it and removes its files. */
export type OpenChannel = { close(): Promise<void> };

/**
 * Connects the service of this machine with the programs of its local users. Each user has a channel that only they can reach. Where
 * the system does not guarantee this (Windows), both sides prove it before a connection is handed over.
 */
export type LocalChannelPort = {
  /** Whether this process may open channels to other users: it runs as root or SYSTEM. */
  canServe(): boolean;
  /** The users who are logged in at a desktop, each once. Rejects when they cannot be read. */
  users(): Promise<LoggedInUser[]>;
  /** Interval in milliseconds at which to read the users again. */
  usersEveryMs(): number;
  /**
   * Calls `changed` when a user may have logged in or out, where the system announces it, until the returned function is called. Does
   * not keep the process alive.
   */
  watchUsers(changed: () => void): () => void;
  /** Removes the channels of users who logged out while no service ran. Rejects when a file that is not ours is in the way. */
  removeLeft(): Promise<void>;
  /** Opens the user's channel and replaces the remains of a killed service. Rejects when a file that is not ours is in the way. */
  open(user: LoggedInUser, connected: (peer: Duplex) => void): Promise<OpenChannel>;
  /** Connects this process to the channel of its own user. Rejects when there is none, or it is not a service's. */
  connect(): Promise<Duplex>;
  /** Whether this machine has a service, also one that does not run at this moment. */
  isServiceInstalled(): Promise<boolean>;
};
