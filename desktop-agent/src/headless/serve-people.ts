import type { Agent } from "../agent/agent.ts";
import type { LocalChannels } from "../agent/local-channel/local-channels.ts";
import type { Log } from "../agent/log.ts";
import type { Clock, LoggedInUser, Platform, SessionPort } from "../platform/ports.ts";
import type { Context } from "./context.ts";

const CONSOLE_LIMIT_MS = 5_000;
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
      agent.openFor({ user: person.user, isAtConsole: () => isAtConsole(platform, person) }),
  });
}

async function isAtConsole({ sessions, clock, family }: Platform, { user }: LoggedInUser): Promise<boolean> {
  const found = await readConsole(sessions, clock);
  if (found === null) return false;
  // Windows writes names in the letters that were typed.
  return family === "windows" ? found.toLowerCase() === user.toLowerCase() : found === user;
}

async function readConsole(sessions: SessionPort, clock: Clock): Promise<string | null> {
  const limit = new AbortController();
  const cancel = clock.after(CONSOLE_LIMIT_MS, () => limit.abort());
  try {
    return (await sessions.console(limit.signal)).user;
  } catch {
    return null; // Who cannot be seen at the console is not there.
  } finally {
    cancel();
  }
}
