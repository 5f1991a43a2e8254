import type { Cancel, Clock } from "../../platform/ports.ts";
import type { LocalChannelPort, LoggedInUser, OpenChannel } from "../../platform/ports/local-channel-port.ts";
import type { LocalAgent } from "../local-agent.ts";
import { type Log, messageOf } from "../log.ts";
import { createSerialQueue } from "../serial-queue.ts";

/** Changes within this time are handled together. */
const GATHER_MS = 1_000;
/** However often users lock and unlock, logins are read no more often than this. */
const MIN_LOOK_GAP_MS = 10_000;
/** On a machine with more users at desktops, the first of them are served. */
const MAX_CHANNELS = 256;

export type LocalChannelsDeps = {
  channel: LocalChannelPort;
  clock: Clock;
  log: Log;
  /** The agent for this user. */
  openFor: (user: LoggedInUser) => Promise<LocalAgent>;
};

type Served = { user: string; open: OpenChannel; endAll: () => void };

export type LocalChannels = { close(): Promise<void> };

/** Keeps a channel open for every user who is logged in at a desktop, until it is closed. */
export function openLocalChannels(deps: LocalChannelsDeps): LocalChannels {
  const { channel, clock, log } = deps;
  const serially = createSerialQueue();
  const served = new Map<string, Served>();
  const reported = new Map<string, string>();
  let isClosed = false;
  let cancelLook: Cancel = () => undefined;
  let cancelGather: Cancel | null = null;
  let lookedAtMs = Number.NEGATIVE_INFINITY;

  async function look(): Promise<void> {
    cancelLook();
    cancelGather?.();
    cancelGather = null;
    if (isClosed) return;
    lookedAtMs = clock.monotonicMs();
    const users = await channel.users().catch((error: unknown) => {
      warnOnce("users", `The logged-in users cannot be read: ${messageOf(error)}`);
      return null;
    });
    if (users) await update(users.slice(0, MAX_CHANNELS));
    cancelLook = clock.after(channel.usersEveryMs(), () => void serially(look));
  }

  async function update(users: readonly LoggedInUser[]): Promise<void> {
    reported.delete("users");
    // The id of a removed account may be used again: a channel belongs to an id and a name.
    const here = new Map(users.map(({ id, user }) => [id, user]));
    for (const [id, { user }] of served) if (here.get(id) !== user) await end(id);
    for (const user of users) if (!served.has(user.id)) await begin(user);
  }

  async function begin(user: LoggedInUser): Promise<void> {
    try {
      served.set(user.id, await serve(deps, user));
      reported.delete(user.id);
      log.info(`${user.user} can reach the agent from their desktop.`);
    } catch (error) {
      warnOnce(user.id, `${user.user} cannot reach the agent from their desktop: ${messageOf(error)}`);
    }
  }

  async function end(id: string): Promise<void> {
    const found = served.get(id);
    served.delete(id);
    found?.endAll();
    await found?.open.close().catch((error: unknown) => {
      log.warn(`The files of a closed channel could not be removed: ${messageOf(error)}`);
    });
  }

  function warnOnce(about: string, problem: string): void {
    if (reported.get(about) !== problem) log.warn(problem);
    reported.set(about, problem);
  }

  const stopWatching = channel.watchUsers(() => {
    const gapMs = lookedAtMs + MIN_LOOK_GAP_MS - clock.monotonicMs();
    cancelGather ??= clock.after(Math.max(GATHER_MS, gapMs), () => void serially(look));
  });
  void serially(async () => {
    await channel.removeLeft().catch((error: unknown) => {
      log.warn(`Files of earlier channels could not be removed: ${messageOf(error)}`);
    });
    await look();
  });
  return {
    async close() {
      isClosed = true;
      stopWatching();
      cancelLook();
      cancelGather?.();
      await serially(async () => {
        for (const id of served.keys()) await end(id);
      });
    },
  };
}

async function serve({ channel, clock, openFor }: LocalChannelsDeps, user: LoggedInUser): Promise<Served> {
  // Not loaded before somebody is logged in.
  const { createUserChannel } = await import("./user-channel.ts");
  const peers = createUserChannel(clock, () => openFor(user));
  const open = await channel.open(user, peers.accept);
  return { user: user.user, open, endAll: peers.close };
}
