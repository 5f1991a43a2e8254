import type { LocalAgent, LocalUser } from "../../desktop-agent/src/agent/local-agent.ts";
import type { FakeAgent } from "./fake-agent.ts";

export type TestPerson = {
  local: LocalAgent;
  /** How often the view has changed. */
  changes(): number;
  /** They sit down at the console, or leave it. */
  sit(isAtConsole: boolean): void;
};

/** Opens a running agent for a person, at the console unless said otherwise. */
export async function openPerson(
  { agent }: Pick<FakeAgent, "agent">,
  user = "ann",
  isAtConsole = true,
): Promise<TestPerson> {
  let sits = isAtConsole;
  let changes = 0;
  const person: LocalUser = { user, isAtConsole: async () => sits };
  const local = await agent.openFor(person);
  local.subscribe(() => {
    changes += 1;
  });
  return {
    local,
    changes: () => changes,
    sit: (next) => {
      sits = next;
    },
  };
}
