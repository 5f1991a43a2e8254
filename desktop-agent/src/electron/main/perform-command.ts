import type { RequestOutcome } from "@muster/shared/contracts/local-agent.ts";
import type { App } from "electron";
import type { LocalAgent } from "../../agent/local-agent.ts";
import { type Log, messageOf } from "../../agent/log.ts";
import type { TrayCommand } from "../model/tray-menu.ts";
import type { AgentLink } from "./agent-link.ts";
import type { Windows } from "./windows.ts";

type Deps = {
  app: Pick<App, "quit">;
  windows: Pick<Windows, "open">;
  link: Pick<AgentLink, "agent">;
  log: Log;
};

/** Does what an item of the menu says. A refusal is logged: the menu itself shows what became of it. */
export function createPerform({ app, windows, link, log }: Deps): (command: TrayCommand) => void {
  return (command) => {
    switch (command.kind) {
      case "open":
        return windows.open(command.window);
      case "quit":
        return app.quit();
      case "pause":
        return ask(command.kind, (agent) => agent.pause(command.forMs));
      case "resume":
        return ask(command.kind, (agent) => agent.resume());
      case "check-now":
        return ask(command.kind, (agent) => agent.checkNow());
    }
  };

  function ask(what: string, wish: (agent: LocalAgent) => Promise<RequestOutcome>): void {
    const agent = link.agent();
    if (!agent) return;
    wish(agent).then(
      (outcome) => {
        if (outcome.kind === "refused") log.warn(`${what} was refused: ${outcome.why}`);
      },
      (error: unknown) => log.error(`${what} failed: ${messageOf(error)}`),
    );
  }
}
