import type { Cancel, Clock, LocalChannelPort, LoggedInUser, OpenChannel } from "../../platform/ports.ts";
import type { LocalAgent } from "../local-agent.ts";
import { type Log, messageOf } from "../log.ts";
import { createSerialQueue } from "../serial-queue.ts";

/** Changes within this time are looked at once. */
const GATHER_MS = 1_000;
/** A person may lock and unlock as often as they like: logins are looked at no more often than this. */
const MIN_GAP_MS = 10_000;
/** A machine with more people at desktops serves the first of them. */
const MAX_CHANNELS = 256;

export type LocalChannelsDeps = {
  channel: LocalChannelPort;
  clock: Clock;
  log: Log;
  /** The engine as this person reaches it. */
  openFor: (user: LoggedInUser) => Promise<LocalAgent>;
};

type Served = { user: string; open: OpenChannel; endAll: () => void };

export type LocalChannels = { close(): Promise<void> };

/** Keeps a channel open for everybody who is logged in at a desktop, until it is closed. */
export function openLocalChannels(deps: LocalChannelsDeps): LocalChannels {
  const { channel, clock, log } = deps;
  const inTurn = createSerialQueue();
  const served = new Map<string, Served>();
  const told = new Map<string, string>();
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
      tellOnce("users", `Who is logged in cannot be read: ${messageOf(error)}`);
      return null;
    });
    if (users) await follow(users.slice(0, MAX_CHANNELS));
    cancelLook = clock.after(channel.usersEveryMs(), () => void inTurn(look));
  }

  async function follow(users: readonly LoggedInUser[]): Promise<void> {
    told.delete("users");
    // An account's number may be given to another person: what is served is a name, and its inbox.
    const here = new Map(users.map(({ id, user }) => [id, user]));
    for (const [id, { user }] of served) if (here.get(id) !== user) await end(id);
    for (const user of users) if (!served.has(user.id)) await begin(user);
  }

  async function begin(user: LoggedInUser): Promise<void> {
    // Nobody logged in: none of it is loaded.
    const { createUserChannel } = await import("./user-channel.ts");
    const peers = createUserChannel(clock, () => deps.openFor(user));
    try {
      const open = await channel.open(user, peers.accept);
      served.set(user.id, { user: user.user, open, endAll: peers.close });
      told.delete(user.id);
      log.info(`${user.user} can reach the agent from their desktop.`);
    } catch (error) {
      tellOnce(user.id, `${user.user} cannot reach the agent from their desktop: ${messageOf(error)}`);
    }
  }

  async function end(id: string): Promise<void> {
    const found = served.get(id);
    served.delete(id);
    found?.endAll();
    await found?.open.close().catch((error: unknown) => {
      log.warn(`What a channel left could not be removed: ${messageOf(error)}`);
    });
  }

  function tellOnce(about: string, problem: string): void {
    if (told.get(about) !== problem) log.warn(problem);
    told.set(about, problem);
  }

  const stopWatching = channel.watchUsers(() => {
    const gapMs = lookedAtMs + MIN_GAP_MS - clock.monotonicMs();
    cancelGather ??= clock.after(Math.max(GATHER_MS, gapMs), () => void inTurn(look));
  });
  void inTurn(async () => {
    await channel.removeLeft().catch((error: unknown) => {
      log.warn(`Channels of people who left could not be removed: ${messageOf(error)}`);
    });
    await look();
  });
  return {
    async close() {
      isClosed = true;
      stopWatching();
      cancelLook();
      cancelGather?.();
      await inTurn(async () => {
        for (const id of served.keys()) await end(id);
      });
    },
  };
}
