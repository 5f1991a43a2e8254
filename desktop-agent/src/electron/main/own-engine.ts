import { createAgent } from "../../agent/create-agent.ts";
import type { LocalPerson } from "../../agent/local-agent.ts";
import { takeRunLock } from "../../agent/run-lock.ts";
import { enrolAsConfigured } from "../../headless/enrol-as-configured.ts";
import { isAtConsole } from "../../headless/is-at-console.ts";
import { openServiceLog } from "../../headless/service-log.ts";
import type { Platform } from "../../platform/ports.ts";
import type { EmbeddedEngine } from "./agent-connection.ts";
import type { TrayContext } from "./tray-context.ts";

const GAVE_WAY = "the agent in the tray gave way to the service of this machine before it was done";

type Deps = {
  context: TrayContext;
  person: LocalPerson;
  pid: number;
  /** An action asks for the agent to begin anew. */
  restart: () => void;
};

/** Starts the engine inside the tray. Rejects when another agent works in the same home folder. */
export async function startOwnEngine({ context, person, pid, restart }: Deps): Promise<EmbeddedEngine> {
  const { platform, home } = context;
  await platform.files.makeFolder(home.root);
  const lock = await takeRunLock(platform.files, platform.processes, home, pid);
  if (lock.kind === "taken") throw new Error(`another agent runs in ${home.root} (pid ${lock.pid})`);
  const { release } = lock;

  const { log, flush } = await openServiceLog(context, () => undefined);
  log.info(`Muster ${context.agent.version} starts its agent (pid ${pid}).`);
  for (const note of context.notes) log.warn(`Configuration: ${note}.`);
  if (!context.areSecretsSealed) {
    log.info("This system offers no key store: the credential lies in a file that only this account reads.");
  }
  const agent = createAgent({
    ...context,
    log,
    pid,
    intervalS: context.settings.intervalS,
    actions: { logPath: context.logPath, allowedActions: context.allowedActions, restartAgent: restart },
  });
  await agent.start();
  const giveUp = new AbortController();
  if (agent.status().state.kind === "not-enrolled" && context.settings.enrolmentToken) {
    void enrolAsConfigured(context, log, giveUp.signal);
  }
  const local = await agent.openFor(person);

  async function end(stop: () => Promise<void>): Promise<void> {
    giveUp.abort();
    await stop();
    log.info("The agent has stopped.");
    await flush();
    await release();
  }

  return {
    agent: local,
    stop(word) {
      local.close();
      return end(() => agent.stop(word));
    },
    async handOver() {
      // With its person still there: without them a reboot of the next minutes would be given to the system.
      await end(() => agent.giveWay(GAVE_WAY));
      local.close();
    },
  };
}

/** The person whose tray this is. */
export function personOf(
  platform: Pick<Platform, "sessions" | "clock" | "family">,
  user: string,
): LocalPerson {
  return { user, isAtConsole: () => isAtConsole(platform, user) };
}
