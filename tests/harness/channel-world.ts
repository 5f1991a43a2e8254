import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type AgentHomeFolder, type AgentProcess, makeAgentHomeFolder } from "./agent-process.ts";
import { ANN, type LoggedInUsers, type Account, startLoggedInUsers } from "./logged-in-users.ts";
import { readableClone } from "./readable-clone.ts";
import { runAs, type RunningAs } from "./run-as.ts";

/** A local user whose program is attached to the service. */
export type AttachedUser = RunningAs & {
  /** Calls a method of the agent and gives its answer. Rejects with what failed. */
  ask(method: string, ...args: readonly unknown[]): Promise<unknown>;
};

/** A service as root, and local users with programs of their own. */
export type ChannelWorld = {
  users: LoggedInUsers;
  home: AgentHomeFolder;
  service(): AgentProcess;
  /** Starts the service again, after it was ended in whatever way. */
  startService(): AgentProcess;
  socketOf(user: Account): string;
  attach(user: Account): AttachedUser;
  /** Runs an attack under this account on a socket, and gives how it went. `settings` are its environment. */
  attack(user: Account, attack: string, socket: string, settings?: Record<string, string>): Promise<unknown>;
  /** As `attack`, for one that lasts. */
  beginAttack(user: Account, attack: string, socket: string): RunningAs;
  remove(): Promise<void>;
};

/** Why these tests cannot run here, null when they can. */
export function obstacleToUsers(): string | null {
  if (process.platform !== "linux") return "the accounts are those of Debian";
  return process.getuid?.() === 0 ? null : "only root can run a service and programs of several users";
}

/** @param wrapper what starts the service in its place. @param environment additional environment of the service */
export async function startChannelWorld(
  users: readonly Account[],
  {
    wrapper = [],
    environment = {},
  }: { wrapper?: readonly string[]; environment?: Record<string, string> } = {},
): Promise<ChannelWorld> {
  const [first = ANN] = users;
  const [loggedIn, clone, home] = await Promise.all([
    startLoggedInUsers(users),
    readableClone(first),
    makeAgentHomeFolder(),
  ]);
  // A log of some days, so that a part of it is as long as parts are.
  mkdirSync(path.join(home.path, "logs"), { mode: 0o700 });
  writeFileSync(path.join(home.path, "logs/agent.log"), `${"An earlier line. ".repeat(6)}\n`.repeat(4_000));
  const running = new Set<RunningAs>();
  const startService = () =>
    home.start(["run"], { env: { ...loggedIn.environment, ...environment }, wrapper });
  let service = startService();

  function run(user: Account, program: string, options: Parameters<typeof runAs>[3]): RunningAs {
    const started = runAs(user, clone, program, options);
    running.add(started);
    return started;
  }
  function beginAttack(user: Account, attack: string, socket: string, settings = {}): RunningAs {
    return run(user, "channel-attacker.ts", { args: [attack, socket], environment: settings });
  }

  return {
    users: loggedIn,
    home,
    service: () => service,
    startService: () => (service = startService()),
    socketOf: ({ uid }) => path.join(loggedIn.runFolder, "users", String(uid), "agent.sock"),
    attach(user) {
      const program = run(user, "channel-user.ts", { environment: loggedIn.environment });
      let lastId = 0;
      return {
        ...program,
        async ask(method, ...args) {
          const id = ++lastId;
          program.write({ id, method, args });
          const message = await program.until((received) => received["id"] === id);
          if ("failed" in message) throw new Error(String(message["failed"]));
          return message["answer"];
        },
      };
    },
    async attack(user, attack, socket, settings) {
      const { outcome } = await beginAttack(user, attack, socket, settings).until(
        (message) => "outcome" in message,
      );
      return outcome;
    },
    beginAttack,
    async remove() {
      for (const program of running) await program.stop();
      await service.kill();
      await home.remove();
      await loggedIn.remove();
      await clone.remove();
    },
  };
}
