import { join } from "node:path";
import type { RequestOutcome } from "@muster/shared/contracts/local-agent.ts";
import { APP_PNG_NAME } from "@muster/shared/design/tray-icons.ts";
import type { App } from "electron";
import type { LocalAgent } from "../../agent/local-agent.ts";
import { type Log, messageOf } from "../../agent/log.ts";
import type { TrayCommand } from "../model/tray-menu.ts";
import { trayModel } from "../model/tray-model.ts";
import type { AgentConnection } from "./agent-connection.ts";
import { createNotificationController } from "./notification-controller.ts";
import { createNotifier } from "./notifier.ts";
import { createScreenLock } from "./screen-lock.ts";
import type { TrayBase } from "./tray-base.ts";
import type { ElectronModule, TrayProgram } from "./tray-program.ts";
import { createTrayIconController, trayIconPath } from "./tray-icon-controller.ts";
import type { WindowStateStore } from "./window-state-store.ts";
import type { WindowController } from "./window-controller.ts";

/** Shows the state to the user: tray icon, open windows and notifications. */
type UserInterface = {
  /** Updates what has changed. Also runs after each change of the agent. */
  refresh(): void;
  /** Creates the icon again. */
  recreateIcon(): void;
  /** Notifies the user that a window opens because this desktop shows no tray icons. */
  showNoTrayHost(): void;
  stop(): void;
};

type UsedElectron = Pick<
  ElectronModule,
  "app" | "Menu" | "nativeTheme" | "Notification" | "powerMonitor" | "Tray"
>;
type Parts = { connection: AgentConnection; states: WindowStateStore; windows: WindowController };

/** Reads the icons from `icons` next to the bundle. */
export function createUserInterface(
  electron: UsedElectron,
  { folder, environment }: TrayProgram,
  { context, log }: TrayBase,
  { connection, states, windows }: Parts,
): UserInterface {
  const { app, Tray, Menu, nativeTheme, Notification, powerMonitor } = electron;
  const { family, clock } = context.platform;
  const icons = join(folder, "icons");
  const icon = createTrayIconController({
    Tray,
    Menu,
    iconPath: (state) => {
      const panel = nativeTheme.shouldUseDarkColorsForSystemIntegratedUI ? "dark" : "light";
      return trayIconPath(icons, family, state, panel);
    },
    perform: createCommandHandler({ app, windows, connection, log }),
    opensOnClick: family !== "macos",
  });
  const notifier = createNotifier({ Notification, family, icon: join(icons, APP_PNG_NAME) });
  const notifications = createNotificationController({
    connection,
    notifier,
    windows,
    translations: states.translations,
    isLocked: createScreenLock(powerMonitor, family, environment),
    clock,
    log,
  });
  let inbox = "";

  function refresh(): void {
    const state = states.current();
    icon.show(trayModel(state, states.translations(), { family, nowMs: clock.wallMs() }));
    windows.send("state-changed", state);
    const newInbox = JSON.stringify([state.view?.unreadMessages, state.view?.unshownMessages]);
    if (newInbox !== inbox) windows.send("messages-changed", null);
    inbox = newInbox;
    notifications.check();
  }

  nativeTheme.on("updated", icon.redraw);
  powerMonitor.on("unlock-screen", notifications.check);
  powerMonitor.on("resume", notifications.check);
  connection.subscribe(refresh);
  refresh();
  return {
    refresh,
    recreateIcon: icon.recreate,
    showNoTrayHost() {
      const { t } = states.translations();
      const content = { title: t("tray.product"), text: t("tray.notice.noTrayHost"), buttons: [] };
      notifier.show({ ...content, urgency: "low" }, { clicked: () => windows.open("status") });
    },
    stop() {
      notifications.stop();
      icon.destroy();
    },
  };
}

type CommandDeps = {
  app: Pick<App, "quit">;
  windows: Pick<WindowController, "open">;
  connection: Pick<AgentConnection, "agent">;
  log: Log;
};

/** Runs the commands of the menu. A refused one is logged; the menu itself shows the resulting state. */
function createCommandHandler({
  app,
  windows,
  connection,
  log,
}: CommandDeps): (command: TrayCommand) => void {
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

  function ask(what: string, request: (agent: LocalAgent) => Promise<RequestOutcome>): void {
    const agent = connection.agent();
    if (!agent) return;
    request(agent).then(
      (outcome) => {
        if (outcome.kind === "refused") log.warn(`${what} was refused: ${outcome.why}`);
      },
      (error: unknown) => log.error(`${what} failed: ${messageOf(error)}`),
    );
  }
}
