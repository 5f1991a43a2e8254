import type { AtFaultPoint } from "../agent/actions/fault-points.ts";
import type { Agent } from "../agent/agent.ts";
import { createAgent } from "../agent/create-agent.ts";
import type { Log } from "../agent/log.ts";
import { createStateFiles } from "../agent/state/state-files.ts";
import { takeRunLock } from "../agent/state/run-lock.ts";
import { openAgentLog } from "./agent-log.ts";
import type { Context } from "./context.ts";

/** What differs between the programs that run the agent. */
export type AgentProgram = {
  pid: number;
  /** The first line of the log. */
  startMessage: string;
  /** Receives warnings and errors of the log. */
  warn: (line: string) => void;
  /** An action asks the agent to restart. */
  restartAgent: () => void;
  atFaultPoint?: AtFaultPoint | undefined;
  /** Called before the agent reads its identity. */
  beforeStart?: (agent: Agent, log: Log) => Promise<void> | void;
};

export type RunningAgent = {
  agent: Agent;
  log: Log;
  /** Ends the agent by `endAgent`, writes `lastMessage` and the rest of the log, and releases the home folder. */
  stop(endAgent: () => Promise<void>, lastMessage?: string): Promise<void>;
};

export type RunOutcome =
  | ({ kind: "running" } & RunningAgent)
  /** Another agent uses this home folder. */
  | { kind: "locked"; pid: number };

/** Locks the home folder, opens the log, starts the agent and enrols it where the configuration asks for it. */
export async function runAgent(context: Context, program: AgentProgram): Promise<RunOutcome> {
  const { platform, home, settings } = context;
  const { pid, restartAgent, atFaultPoint } = program;
  const repaired: string[] = [];
  const files = createStateFiles({
    files: platform.files,
    home,
    warn: (message) => void repaired.push(message),
  });
  await files.makeFolder(home.root);
  const lock = await takeRunLock(files, platform.processes, home, pid);
  if (lock.kind === "taken") return { kind: "locked", pid: lock.pid };

  const { log, flush } = await openAgentLog({ ...context, platform: { ...platform, files } }, program.warn);
  log.info(program.startMessage);
  for (const message of repaired) log.warn(message);
  for (const note of context.notes) log.warn(`Configuration: ${note}.`);
  const { logPath, allowedActions } = context;
  const agent = createAgent({
    ...context,
    log,
    pid,
    intervalS: settings.intervalS,
    actions: { logPath, allowedActions, restartAgent, atFaultPoint },
  });
  await program.beforeStart?.(agent, log);
  await agent.start();
  const stopEnrolling = new AbortController();
  if (agent.status().state.kind === "not-enrolled" && settings.enrolmentToken) {
    const { enrolAsConfigured } = await import("./enrol-as-configured.ts");
    void enrolAsConfigured(context, log, stopEnrolling.signal);
  }

  return {
    kind: "running",
    agent,
    log,
    async stop(endAgent, lastMessage = "The agent has stopped.") {
      stopEnrolling.abort();
      await endAgent();
      log.info(lastMessage);
      await flush();
      await lock.release();
    },
  };
}
