import { runAgent } from "../../agent-host/run-agent.ts";
import type { LocalUser } from "../../agent/local-agent.ts";
import type { EmbeddedEngine } from "./agent-connection.ts";
import type { TrayContext } from "./tray-context.ts";

const HANDED_OVER = "the agent in the tray handed over to the service of this machine before it was done";

type Deps = {
  context: TrayContext;
  person: LocalUser;
  pid: number;
  /** An action asks the agent to restart. */
  restart: () => void;
};

/** Starts the agent inside the tray. Rejects when another agent uses the same home folder. */
export async function startEmbeddedEngine({ context, person, pid, restart }: Deps): Promise<EmbeddedEngine> {
  const running = await runAgent(context, {
    pid,
    startMessage: `Muster ${context.agent.version} starts its agent (pid ${pid}).`,
    warn: () => undefined,
    restartAgent: restart,
    beforeStart(_agent, log) {
      if (!context.areSecretsSealed)
        log.info(
          "This system has no key store: the credential is in a file that only this account can read.",
        );
    },
  });
  if (running.kind === "locked")
    throw new Error(`Another agent runs in ${context.home.root} (pid ${running.pid}).`);
  const { agent } = running;
  const local = await agent.openFor(person);

  return {
    agent: local,
    stop(word) {
      local.close();
      return running.stop(() => agent.stop(word));
    },
    async handOver() {
      // Closed last: without its user, a reboot of the next minutes would be scheduled with the system.
      await running.stop(() => agent.handOver(HANDED_OVER));
      local.close();
    },
  };
}
