import { join } from "node:path";
import type { RequestOutcome } from "@muster/shared/contracts/local-agent.ts";
import { APP_PNG_NAME } from "@muster/shared/design/tray-icons.ts";
import type { App } from "electron";
import type { LocalAgent } from "../../agent/local-agent.ts";
import { type Log, messageOf } from "../../agent/log.ts";
import type { TrayCommand } from "../model/tray-menu.ts";
import { trayModel } from "../model/tray-model.ts";
import type { AgentLink } from "./agent-link.ts";
import { createNotices } from "./notices.ts";
import { createNotifier } from "./notifier.ts";
import { createScreenLock } from "./screen-lock.ts";
import type { TrayBase } from "./tray-base.ts";
import type { ElectronModule, TrayProgram } from "./tray-program.ts";
import { createTrayView, trayIconPath } from "./tray-view.ts";
import type { WindowStates } from "./window-state.ts";
import type { Windows } from "./windows.ts";

/** All that a person sees of the state: the icon, the open windows, and what the tray says by itself. */
type TrayFace = {
  /** Draws what is different. Called by itself after each change of the agent. */
  refresh(): void;
  /** Puts the icon there once more. */
  renew(): void;
  /** Says why a window opens: this desktop shows no icons. */
  tellNoHost(): void;
  end(): void;
};

type Used = Pick<ElectronModule, "app" | "Menu" | "nativeTheme" | "Notification" | "powerMonitor" | "Tray">;
type Parts = { link: AgentLink; states: WindowStates; windows: Windows };

/** The icons lie in `icons` beside the bundle. */
export function createTrayFace(
  electron: Used,
  { folder, environment }: TrayProgram,
  { context, log }: TrayBase,
  { link, states, windows }: Parts,
): TrayFace {
  const { app, Tray, Menu, nativeTheme, Notification, powerMonitor } = electron;
  const { family, clock } = context.platform;
  const icons = join(folder, "icons");
  const view = createTrayView({
    Tray,
    Menu,
    iconPath: (icon) => {
      const panel = nativeTheme.shouldUseDarkColorsForSystemIntegratedUI ? "dark" : "light";
      return trayIconPath(icons, family, icon, panel);
    },
    perform: createPerform({ app, windows, link, log }),
    opensOnClick: family !== "macos",
  });
  const notifier = createNotifier({ Notification, family, icon: join(icons, APP_PNG_NAME) });
  const notices = createNotices({
    link,
    notifier,
    windows,
    words: states.words,
    isLocked: createScreenLock(powerMonitor, family, environment),
    clock,
    log,
  });
  let inbox = "";

  function refresh(): void {
    const state = states.current();
    view.show(trayModel(state, states.words(), { family, nowMs: clock.wallMs() }));
    windows.tell("state-changed", state);
    const newInbox = JSON.stringify([state.view?.unreadMessages, state.view?.unshownMessages]);
    if (newInbox !== inbox) windows.tell("messages-changed", null);
    inbox = newInbox;
    notices.look();
  }

  nativeTheme.on("updated", view.redraw);
  powerMonitor.on("unlock-screen", notices.look);
  powerMonitor.on("resume", notices.look);
  link.subscribe(refresh);
  refresh();
  return {
    refresh,
    renew: view.renew,
    tellNoHost() {
      const { t } = states.words();
      const note = { title: t("tray.product"), text: t("tray.notice.noTrayHost"), buttons: [] };
      notifier.show({ ...note, urgency: "low" }, { clicked: () => windows.open("status") });
    },
    end() {
      notices.end();
      view.destroy();
    },
  };
}

type CommandDeps = {
  app: Pick<App, "quit">;
  windows: Pick<Windows, "open">;
  link: Pick<AgentLink, "agent">;
  log: Log;
};

/** Does what an item of the menu says. A refusal is logged: the menu itself shows what became of it. */
function createPerform({ app, windows, link, log }: CommandDeps): (command: TrayCommand) => void {
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
