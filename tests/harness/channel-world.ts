import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type AgentHomeFolder, type AgentProcess, makeAgentHomeFolder } from "./agent-process.ts";
import { ANN, type LoggedInPeople, type Person, startLoggedInPeople } from "./logged-in-people.ts";
import { readableClone } from "./readable-clone.ts";
import { runAs, type RunningAs } from "./run-as.ts";

/** Somebody whose program is attached to the service. */
export type AttachedPerson = RunningAs & {
  /** Calls a method of the agent and gives its answer. Rejects with what failed. */
  ask(method: string, ...args: readonly unknown[]): Promise<unknown>;
};

/** A service as root, and people of the same machine with programs of their own. */
export type ChannelWorld = {
  people: LoggedInPeople;
  home: AgentHomeFolder;
  service(): AgentProcess;
  /** Starts the service again, after it was ended in whatever way. */
  startService(): AgentProcess;
  socketOf(person: Person): string;
  attach(person: Person): AttachedPerson;
  /** Runs an attack under this account on a socket, and gives how it went. `settings` are its environment. */
  attack(person: Person, attack: string, socket: string, settings?: Record<string, string>): Promise<unknown>;
  /** As `attack`, for one that lasts. */
  beginAttack(person: Person, attack: string, socket: string): RunningAs;
  remove(): Promise<void>;
};

/** Why these tests cannot run here, null when they can. */
export function obstacleToPeople(): string | null {
  if (process.platform !== "linux") return "the accounts are those of Debian";
  return process.getuid?.() === 0 ? null : "only root can be a service and several people";
}

/** @param wrapper what starts the service in its place. @param environment what it finds beside that of its people */
export async function startChannelWorld(
  people: readonly Person[],
  {
    wrapper = [],
    environment = {},
  }: { wrapper?: readonly string[]; environment?: Record<string, string> } = {},
): Promise<ChannelWorld> {
  const [first = ANN] = people;
  const [loggedIn, clone, home] = await Promise.all([
    startLoggedInPeople(people),
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

  function run(person: Person, program: string, options: Parameters<typeof runAs>[3]): RunningAs {
    const started = runAs(person, clone, program, options);
    running.add(started);
    return started;
  }
  function beginAttack(person: Person, attack: string, socket: string, settings = {}): RunningAs {
    return run(person, "channel-attacker.ts", { args: [attack, socket], environment: settings });
  }

  return {
    people: loggedIn,
    home,
    service: () => service,
    startService: () => (service = startService()),
    socketOf: ({ uid }) => path.join(loggedIn.runFolder, "users", String(uid), "agent.sock"),
    attach(person) {
      const program = run(person, "channel-person.ts", { environment: loggedIn.environment });
      let asked = 0;
      return {
        ...program,
        async ask(method, ...args) {
          const id = ++asked;
          program.write({ id, method, args });
          const said = await program.until((message) => message["id"] === id);
          if ("failed" in said) throw new Error(String(said["failed"]));
          return said["answer"];
        },
      };
    },
    async attack(person, attack, socket, settings) {
      const { outcome } = await beginAttack(person, attack, socket, settings).until(
        (said) => "outcome" in said,
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
