import type { LocalAgent, LocalUser } from "../../desktop-agent/src/agent/local-agent.ts";
import type { FakeAgent } from "./fake-agent.ts";

export type TestLocalUser = {
  local: LocalAgent;
  /** How often the view has changed. */
  changes(): number;
  /** The user comes to the console, or leaves it. */
  setAtConsole(isAtConsole: boolean): void;
};

/** Opens a running agent for a local user, at the console by default. */
export async function openLocalUser(
  { agent }: Pick<FakeAgent, "agent">,
  user = "ann",
  isAtConsole = true,
): Promise<TestLocalUser> {
  let isThere = isAtConsole;
  let changes = 0;
  const localUser: LocalUser = { user, isAtConsole: async () => isThere };
  const local = await agent.openFor(localUser);
  local.subscribe(() => {
    changes += 1;
  });
  return {
    local,
    changes: () => changes,
    setAtConsole: (next) => {
      isThere = next;
    },
  };
}
