import type { Context } from "../agent-host/context.ts";
import { createLocalUser } from "../agent-host/local-user.ts";
import { followTrustChange } from "../agent-host/follow-trust-change.ts";
import { runAgent } from "../agent-host/run-agent.ts";
import type { AtFaultPoint } from "../agent/actions/fault-points.ts";
import type { Agent } from "../agent/agent.ts";
import { readIdentity, writeIdentity } from "../agent/identity/device-identity.ts";
import type { LocalChannels } from "../agent/local-channel/local-channels.ts";
import { type Log, messageOf } from "../agent/log.ts";
import type { Settings } from "../agent-host/configuration.ts";
import type { AgentHome } from "../agent/state/agent-home.ts";
import { describeState } from "../agent/state/agent-state.ts";
import { type CommandResult, done, failed } from "./command-result.ts";
import { keepProcessAlive } from "./keep-process-alive.ts";
import type { Cancel, Platform } from "../platform/ports.ts";
import { checkServerUrl, isLoopbackUrl } from "../transport/server-address.ts";

type ServiceStreams = {
  /** Receives one line of JSON after each change of the state, for `--json`; null for none. */
  showState: ((line: string) => void) | null;
  warn: (line: string) => void;
};

/** How the service ended. `restart`: an action asked for it. */
type ServiceEnd = CommandResult | { kind: "restart" };

type ServiceHooks = {
  stopRequested: Promise<void>;
  /** Address of the server on this machine, given by the launcher of both. */
  localServer?: string | undefined;
  atFaultPoint?: AtFaultPoint;
};

/** Runs the agent until `stopAsked` resolves, then sends the last word and ends; or until an action restarts it, without one. */
export async function runService(
  context: Context,
  streams: ServiceStreams,
  { stopRequested, localServer, atFaultPoint }: ServiceHooks,
): Promise<ServiceEnd> {
  const { platform } = context;
  const restart = Promise.withResolvers<"restart">();
  let releaseProcess: Cancel = () => undefined;
  const running = await runAgent(context, {
    pid: process.pid,
    startMessage: `Muster agent ${context.agent.version} starts (pid ${process.pid}).`,
    warn: streams.warn,
    restartAgent: () => restart.resolve("restart"),
    atFaultPoint,
    async beforeStart(agent, log) {
      if (localServer !== undefined && (await followLocalServer(context, localServer)))
        log.info(`The server on this machine now listens at ${localServer}.`);
      await prepareAdministratorFolder(context, log);
      if (streams.showState) showStates(agent, streams.showState);
      // Without an enrolment there is no timer and no connection.
      releaseProcess = keepProcessAlive(platform.clock);
    },
  });
  if (running.kind === "locked")
    return failed("running", `Another agent runs in this home folder (pid ${running.pid}).`);
  const { agent, log } = running;
  const channels = await serveLocalUsers(context, agent, log);
  const stopFollowing = followTrustChange(context, agent, log, () => restart.resolve("restart"));

  const reason = await Promise.race([stopRequested, restart.promise]);
  stopFollowing();
  const isRestart = reason === "restart";
  let isGoingDown = false;
  await running.stop(
    async () => {
      const how = await platform.power.goingDown();
      isGoingDown = how !== "no";
      // A restart takes a second: the server does not need to know of it.
      const word = how !== "no" ? how : isRestart ? null : "agent-stopped";
      await Promise.all([channels.close(), agent.stop(word)]);
      releaseProcess();
    },
    isRestart ? "The agent restarts." : undefined,
  );
  if (isRestart && !isGoingDown) return { kind: "restart" };
  return done("The agent has stopped.", { state: agent.status().state });
}

/** Before an ordinary user makes the folder of the administrator's file, where that is possible. */
export async function prepareAdministratorFolder(
  context: Pick<Context, "platform" | "isMachineService" | "allowedActions">,
  log: Log,
): Promise<void> {
  const { localChannel, administratorFiles } = context.platform;
  if (!context.isMachineService || !localChannel.canServe()) return;
  try {
    await administratorFiles.prepareFolder?.(context.allowedActions);
  } catch (error) {
    log.warn(`The folder of ${context.allowedActions} could not be made: ${messageOf(error)}`);
  }
}

function showStates(agent: Agent, show: (line: string) => void): void {
  let shown = "";
  agent.subscribe(() => {
    const { state } = agent.status();
    const line = JSON.stringify({ state, description: describeState(state) });
    if (line !== shown) show(line);
    shown = line;
  });
}

const NONE: LocalChannels = { close: async () => undefined };

/** Opens the service's channels to the users who are logged in. None unless this is the service of the whole machine. */
export async function serveLocalUsers(
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

/**
 * Stores the new address of the server on this machine. Only from loopback to loopback: a credential is never sent to another
 * machine. Returns whether the address changed.
 */
export async function followLocalServer(
  {
    platform: { files },
    home,
    settings,
  }: { platform: Pick<Platform, "files">; home: AgentHome; settings?: Pick<Settings, "caFile"> },
  given: string,
): Promise<boolean> {
  const checked = checkServerUrl(given, false);
  const stored = await readIdentity(files, home);
  if (checked.kind === "refused" || stored.kind !== "enrolled") return false;
  const { identity } = stored;
  const { url } = checked;
  if (!isLoopbackUrl(identity.server.url) || !isLoopbackUrl(url)) return false;
  // The server on this machine may have got an authority of its own since.
  const caPem = settings?.caFile ? await files.read(settings.caFile) : identity.server.caPem;
  if (identity.server.url === url && identity.server.caPem === caPem) return false;
  await writeIdentity(files, home, { ...identity, server: { ...identity.server, url, caPem } });
  return true;
}
