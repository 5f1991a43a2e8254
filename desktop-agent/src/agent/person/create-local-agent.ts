import type { LocalView } from "@muster/shared/contracts/local-agent.ts";
import type { LocalAgent, LocalPerson } from "../local-agent.ts";
import { composeView } from "./compose-view.ts";
import { followConsole } from "./follow-console.ts";
import type { PeopleDeps } from "./people.ts";
import { refused } from "./wish-outcome.ts";

/** One person's attachment, as the engine holds it. */
export type OpenPerson = { agent: LocalAgent; user: string; refresh(): void };

type Around = {
  person: LocalPerson;
  checkNow: LocalAgent["checkNow"];
  closed: () => void;
};

/** The agent as one person reaches it. */
export function createLocalAgent(deps: PeopleDeps, { person, checkNow, closed }: Around): OpenPerson {
  const listeners = new Set<() => void>();
  const console = followConsole(person, deps.platform.clock, refresh);
  let view = compose();

  function compose(): LocalView {
    return composeView(deps, {
      isAtConsole: console.isThere(),
      unreadMessages: 0,
      unshownMessages: [],
      reboot: null,
    });
  }

  function refresh(): void {
    console.look();
    const next = compose();
    if (JSON.stringify(next) === JSON.stringify(view)) return;
    view = next;
    for (const listener of listeners) listener();
  }

  const agent: LocalAgent = {
    view: () => view,
    subscribe(listener) {
      const call = () => listener();
      listeners.add(call);
      return () => void listeners.delete(call);
    },
    readHour: async () => deps.observations.hour(),
    readMessages: async () => [],
    readSeen: async () => ({ items: [], intervalS: 0, kept: null }),
    readRecord: async () => ({ actions: [], compared: { kind: "no", reason: "not read yet" } }),
    readLog: async () => ({ run: "none", text: "", fromByte: 0, toByte: 0, sizeBytes: 0 }),
    checkNow,
    async pause(forMs) {
      if (!(await person.isAtConsole())) return refused("not-at-console");
      if (!deps.status().reporting) return refused("not-enrolled");
      return deps.pause(forMs);
    },
    async resume() {
      if (!(await person.isAtConsole())) return refused("not-at-console");
      return deps.resume();
    },
    acknowledge: async () => refused("unknown"),
    postpone: async () => refused("unknown"),
    close() {
      listeners.clear();
      closed();
    },
  };
  return { agent, user: person.user, refresh };
}
