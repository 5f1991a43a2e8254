import type { Log } from "../log.ts";

/** Names of fields that the server does not know and left out: it is older than this agent. Each is logged once. */
export type IgnoredNames = {
  note(names: readonly string[]): void;
  list(): string[];
};

const MAX_NAMES = 50;

export function createIgnoredNames(log: Log): IgnoredNames {
  const known = new Set<string>();
  return {
    note(names) {
      const added = names.filter((name) => !known.has(name)).slice(0, MAX_NAMES - known.size);
      if (added.length === 0) return;
      for (const name of added) known.add(name);
      log.warn(`The server is older than this agent and leaves out: ${added.join(", ")}.`);
    },
    list: () => [...known],
  };
}
