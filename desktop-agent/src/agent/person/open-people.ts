import type { LocalAgent, LocalPerson } from "../local-agent.ts";
import type { People, PeopleDeps } from "./people.ts";
import { createLocalAgent, type OpenPerson } from "./create-local-agent.ts";
import { createCheck } from "./create-check.ts";

/** Reads what earlier runs kept for the people in front of this machine. */
export async function openPeople(deps: PeopleDeps): Promise<People> {
  const open = new Set<OpenPerson>();
  const checkNow = createCheck(deps.platform.clock, deps.sampleNow);

  function openFor(person: LocalPerson): LocalAgent {
    const made = createLocalAgent(deps, { person, checkNow, closed: () => open.delete(made) });
    open.add(made);
    return made.agent;
  }

  return {
    openFor,
    refresh: () => {
      for (const { refresh } of open) refresh();
    },
  };
}
