import { join } from "node:path";
import { APP_PNG_NAME } from "@muster/shared/design/tray-icons.ts";
import { messageOf } from "../../agent/log.ts";
import { openServiceLog } from "../../headless/service-log.ts";
import { firstWindow } from "../model/first-window.ts";
import type { TrayCommand } from "../model/tray-menu.ts";
import { trayModel } from "../model/tray-model.ts";
import { createAgentLink } from "./agent-link.ts";
import { confineContents } from "./confine-contents.ts";
import { createIpcHandlers } from "./ipc-handlers.ts";
import { createJoinServer } from "./join-server.ts";
import { createNotices } from "./notices.ts";
import { createNotifier } from "./notifier.ts";
import { AT_LOGIN_ARGUMENT, openAtLoginOf } from "./open-at-login.ts";
import { personOf, startOwnEngine } from "./own-engine.ts";
import { registerIpc } from "./register-ipc.ts";
import type { ElectronModule, OpenTray, TrayProgram } from "./tray-program.ts";
import { createTrayContext } from "./tray-context.ts";
import { trayHostTest, watchTrayHost } from "./tray-host.ts";
import { trayIconPath } from "./tray-icon-path.ts";
import { openTraySettings } from "./tray-settings.ts";
import { createTrayView } from "./tray-view.ts";
import { createWindowFiles } from "./window-files.ts";
import { openWindowSession } from "./window-session.ts";
import { createWindowStates } from "./window-state.ts";
import { createWindows } from "./windows.ts";

/** Builds the tray out of its parts; Electron is ready. Rejects with what a person can mend. */
export async function openTray(electron: ElectronModule, program: TrayProgram): Promise<OpenTray> {
  const { app, nativeTheme, powerMonitor } = electron;
  const platform = await program.createPlatform();
  const { family, clock } = platform;
  const made = await createTrayContext({
    environment: program.environment,
    userData: app.getPath("userData"),
    keyStore: electron.safeStorage,
    platform,
    runtime: `Electron ${program.electronVersion}`,
  });
  if (made.kind === "invalid") throw new Error(made.problems.join("\n"));
  const { context } = made;
  const { home } = context;
  const files = context.platform.files;
  await files.makeFolder(home.root);
  const { log, flush } = await openServiceLog(
    { ...context, logPath: join(home.logs, "tray.log") },
    () => undefined,
  );
  log.info(`The tray ${context.agent.version} starts (pid ${program.pid}).`);

  let isRestarting = false;
  const person = personOf(context.platform, program.user);
  const link = createAgentLink({
    findService: () => platform.localChannel.isServiceInstalled(),
    attach: async () => null,
    startEngine: () =>
      startOwnEngine({
        context,
        person,
        pid: program.pid,
        restart: () => {
          isRestarting = true;
          app.relaunch();
          app.quit();
        },
      }),
    clock,
    log,
  });
  const settings = await openTraySettings(files, join(home.root, "tray.json"));
  const openAtLogin = openAtLoginOf({
    app,
    family,
    files,
    environment: program.environment,
    execPath: program.execPath,
  });
  const isFirst = !settings.current().hasGreeted;
  if (isFirst && app.isPackaged) await openAtLogin.write(true);
  if (isFirst) await settings.change({ hasGreeted: true });
  const states = await createWindowStates({
    link,
    settings,
    openAtLogin,
    canChangeOpensAtLogin: app.isPackaged,
    areSecretsSealed: context.areSecretsSealed,
    preferredLanguages: app.getPreferredSystemLanguages(),
  });

  const icons = join(program.folder, "icons");
  const devtools = !app.isPackaged;
  let isEnding = false;
  confineContents(app, log);
  const answer = await createWindowFiles(join(program.folder, "renderer"));
  const windows = createWindows({
    BrowserWindow: electron.BrowserWindow,
    session: openWindowSession(electron.session, answer, devtools),
    preload: join(program.folder, "preload.cjs"),
    icon: family === "macos" ? undefined : join(icons, APP_PNG_NAME),
    isDark: () => nativeTheme.shouldUseDarkColors,
    devtools,
    staysInReach: () => !isEnding && !host.isThere(),
  });
  const view = createTrayView({
    Tray: electron.Tray,
    Menu: electron.Menu,
    iconPath: (icon) => {
      const panel = nativeTheme.shouldUseDarkColorsForSystemIntegratedUI ? "dark" : "light";
      return trayIconPath(icons, family, icon, panel);
    },
    perform,
    opensOnClick: family !== "macos",
  });
  const notices = createNotices({
    link,
    notifier: createNotifier({
      Notification: electron.Notification,
      family,
      icon: join(icons, APP_PNG_NAME),
    }),
    windows,
    words: states.words,
    isLocked: () => powerMonitor.getSystemIdleState(1) === "locked",
    clock,
    log,
  });

  function perform(command: TrayCommand): void {
    if (command.kind === "open") return windows.open(command.window);
    if (command.kind === "quit") return app.quit();
    const agent = link.agent();
    if (!agent) return;
    const wish =
      command.kind === "pause"
        ? agent.pause(command.forMs)
        : command.kind === "resume"
          ? agent.resume()
          : agent.checkNow();
    wish.catch((error: unknown) => log.error(`${command.kind} failed: ${messageOf(error)}`));
  }

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

  registerIpc({
    ipcMain: electron.ipcMain,
    windowOf: windows.windowOf,
    handlers: createIpcHandlers({
      link,
      states,
      windows,
      joining: createJoinServer(context),
      clipboard: electron.clipboard,
      dialog: electron.dialog,
      shell: electron.shell,
      logFolder: home.logs,
      documents: app.getPath("documents"),
      changed: refresh,
    }),
    log,
  });
  const host = await watchTrayHost({
    hasHost: trayHostTest(family, program.environment),
    clock,
    came: view.renew,
  });
  nativeTheme.on("updated", view.redraw);
  powerMonitor.on("unlock-screen", notices.look);
  link.subscribe(refresh);
  refresh();
  await link.start();
  const isAtLogin = program.argv.includes(AT_LOGIN_ARGUMENT);
  const first = firstWindow(states.current(), { isAtLogin, isFirst, hasTrayHost: host.isThere() });
  if (first) windows.open(first, { isQuiet: isAtLogin });

  return {
    showStatus: () => windows.open("status"),
    async stop() {
      isEnding = true;
      notices.end();
      host.end();
      const how = await platform.power.goingDown();
      await link.stop(how !== "no" ? how : isRestarting ? null : "agent-stopped");
      view.destroy();
      log.info("The tray has ended.");
      await flush();
    },
  };
}
