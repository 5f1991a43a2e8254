import { describeState } from "../agent/agent-state.ts";
import type { AtFaultPoint } from "../agent/actions/fault-points.ts";
import type { Agent } from "../agent/agent.ts";
import { createAgent } from "../agent/create-agent.ts";
import { takeRunLock } from "../agent/run-lock.ts";
import { type CommandResult, done, failed } from "./command-result.ts";
import type { Context } from "./context.ts";
import { followLocalServer } from "./follow-local-server.ts";
import { servePeople } from "./serve-people.ts";
import { openServiceLog } from "./service-log.ts";
import { stayAlive } from "./stay-alive.ts";

export type ServiceStreams = {
  /** One line of JSON each time the state becomes another, for `--json`; null for none. */
  showState: ((line: string) => void) | null;
  warn: (line: string) => void;
};

/** How the service ended. `begins-anew`: an action asked it to restart. */
export type ServiceEnd = CommandResult | { kind: "begins-anew" };

export type ServiceHooks = {
  stopAsked: Promise<void>;
  /** Where the server of this very machine listens, said by the launcher of both. */
  localServer?: string | undefined;
  atFaultPoint?: AtFaultPoint;
};

/** Runs the engine until `stopAsked` resolves, then says the last word and ends; or until an action restarts it, without one. */
export async function runService(
  context: Context,
  streams: ServiceStreams,
  { stopAsked, localServer, atFaultPoint }: ServiceHooks,
): Promise<ServiceEnd> {
  const { platform, home } = context;
  const { files, clock } = platform;
  await files.makeFolder(home.root);
  const lock = await takeRunLock(files, platform.processes, home, process.pid);
  if (lock.kind === "taken")
    return failed("running", `another agent runs in this home folder (pid ${lock.pid})`);

  const { log, flush } = await openServiceLog(context, streams.warn);
  log.info(`Muster agent ${context.agent.version} starts (pid ${process.pid}).`);
  for (const note of context.notes) log.warn(`Configuration: ${note}.`);
  if (localServer !== undefined && (await followLocalServer({ files, home }, localServer))) {
    log.info(`The server on this machine listens at ${localServer} now.`);
  }

  const restart = Promise.withResolvers<"restart">();
  const agent = createAgent({
    ...context,
    log,
    pid: process.pid,
    intervalS: context.settings.intervalS,
    actions: {
      logPath: context.logPath,
      allowedActions: context.allowedActions,
      restartAgent: () => restart.resolve("restart"),
      atFaultPoint,
    },
  });
  if (streams.showState) showStates(agent, streams.showState);
  // Without an enrolment there is no timer and no connection.
  const letGo = stayAlive(clock);
  await agent.start();
  const people = await servePeople(context, agent, log);
  const giveUp = new AbortController();
  if (agent.status().state.kind === "not-enrolled" && context.settings.enrolmentToken) {
    const { enrolAsConfigured } = await import("./enrol-as-configured.ts");
    void enrolAsConfigured(context, log, giveUp.signal);
  }

  const why = await Promise.race([stopAsked, restart.promise]);
  giveUp.abort();
  const how = await platform.power.goingDown();
  // It is back within a second: nobody needs to hear that it stopped.
  const word = how !== "no" ? how : why === "restart" ? null : "agent-stopped";
  await Promise.all([people.close(), agent.stop(word)]);
  letGo();
  log.info(why === "restart" ? "The agent restarts." : "The agent has stopped.");
  await flush();
  await lock.release();
  if (why === "restart" && how === "no") return { kind: "begins-anew" };
  return done("The agent has stopped.", { state: agent.status().state });
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
