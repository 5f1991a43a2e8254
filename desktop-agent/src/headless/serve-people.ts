import type { Agent } from "../agent/agent.ts";
import type { LocalChannels } from "../agent/local-channel/local-channels.ts";
import type { Log } from "../agent/log.ts";
import type { Context } from "./context.ts";
import { isAtConsole } from "./is-at-console.ts";

const NONE: LocalChannels = { close: async () => undefined };

/** Opens the service's channels to the people who are logged in. None where this is no service of the whole machine. */
export async function servePeople(
  { platform, isMachineService }: Pick<Context, "platform" | "isMachineService">,
  agent: Pick<Agent, "openFor">,
  log: Log,
): Promise<LocalChannels> {
  const { localChannel, clock } = platform;
  if (!isMachineService || !localChannel.canServe()) return NONE;
  const { openLocalChannels } = await import("../agent/local-channel/local-channels.ts");
  return openLocalChannels({
    channel: localChannel,
    clock,
    log,
    openFor: (person) =>
      agent.openFor({ user: person.user, isAtConsole: () => isAtConsole(platform, person.user) }),
  });
}
