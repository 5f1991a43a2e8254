import type { Context } from "../agent-host/context.ts";
import { createLocalUser } from "../agent-host/local-user.ts";
import type { Agent } from "../agent/agent.ts";
import type { LocalChannels } from "../agent/local-channel/local-channels.ts";
import type { Log } from "../agent/log.ts";

const NONE: LocalChannels = { close: async () => undefined };

/** Opens the service's channels to the users who are logged in. None unless this is the service of the whole machine. */
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
    openFor: ({ user }) => agent.openFor(createLocalUser(platform, user)),
  });
}
