import { attachToService } from "../../agent/local-channel/client/attach-to-service.ts";
import { initialWindow } from "../model/initial-window.ts";
import { type AgentConnection, createAgentConnection } from "./agent-connection.ts";
import { createIpcHandlers } from "./ipc-handlers.ts";
import { createJoinServer } from "./join-server.ts";
import { AT_LOGIN_ARGUMENT, openAtLoginOf } from "./open-at-login.ts";
import { createApplicationWindows } from "./application-windows.ts";
import { createLocalUser } from "../../agent-host/local-user.ts";
import { startEmbeddedEngine } from "./embedded-engine.ts";
import { registerIpc } from "./register-ipc.ts";
import { createReconnectController } from "./reconnect-controller.ts";
import { createUserInterface } from "./user-interface.ts";
import { openTrayBase, type TrayBase } from "./tray-base.ts";
import { type TrayHost, trayHostTest, watchTrayHost } from "./tray-host.ts";
import type { ElectronModule, OpenTray, TrayProgram } from "./tray-program.ts";
import { createWindowStateStore, type WindowStateStore } from "./window-state-store.ts";

/**
 * Creates the parts of the tray. Electron must be ready. Rejects with an error that the user can fix.
 * @param systemEnds is called when the system shuts down and waits for this process to exit
 */
export async function openTray(
  electron: ElectronModule,
  program: TrayProgram,
  systemEnds: () => void,
): Promise<OpenTray> {
  const base = await openTrayBase(electron, program);
  const { context, log, settings } = base;
  const { platform } = context;
  const { clock } = platform;
  const isFirst = !settings.current().hasGreeted;
  let isEnding = false;
  let isRestarting = false;
  const connection = openConnection(base, program, () => {
    isRestarting = true;
    // The mount that an AppImage runs from is removed when it exits.
    electron.app.relaunch(program.environment.APPIMAGE ? { execPath: program.environment.APPIMAGE } : {});
    electron.app.quit();
  });
  const states = await openStates(electron, program, base, connection);
  let host: TrayHost | null = null;
  const staysInReach = () => !isEnding && host !== null && !host.isThere();
  const windows = await createApplicationWindows(electron, program, base, staysInReach);
  const reconnect = createReconnectController({
    connection,
    isShown: () => windows.isOpen("status"),
    clock,
    log,
  });
  connection.subscribe(reconnect.check);
  const userInterface = createUserInterface(electron, program, base, { connection, states, windows });
  registerIpc({
    ipcMain: electron.ipcMain,
    windowOf: windows.windowOf,
    handlers: createIpcHandlers({
      ...electron,
      connection,
      states,
      windows,
      joining: createJoinServer(context),
      logFolder: context.home.logs,
      documents: electron.app.getPath("documents"),
      changed: userInterface.refresh,
      statusOpened: reconnect.windowOpened,
    }),
    log,
  });
  // On Linux Electron would delay the shutdown if there were a listener.
  if (platform.family === "macos") electron.powerMonitor.on("shutdown", systemEnds);
  await connection.start();
  userInterface.refresh();
  host = await watchTrayHost({
    hasHost: trayHostTest(platform.family, program.environment),
    clock,
    came: userInterface.recreateIcon,
  });
  if (isFirst && !host.isThere()) userInterface.showNoTrayHost();
  const isAtLogin = program.argv.includes(AT_LOGIN_ARGUMENT);
  const first = initialWindow(states.current(), { isFirst, hasTrayHost: host.isThere() });
  if (first) windows.open(first, { isQuiet: isAtLogin });

  return {
    showStatus: () => windows.open("status"),
    async stop() {
      isEnding = true;
      userInterface.stop();
      reconnect.stop();
      host?.end();
      const how = await platform.power.goingDown();
      await connection.stop(how !== "no" ? how : isRestarting ? null : "agent-stopped");
      log.info("The tray has stopped.");
      await base.flush();
    },
  };
}

function openConnection(
  { context, log }: TrayBase,
  program: TrayProgram,
  restart: () => void,
): AgentConnection {
  const { platform } = context;
  const { clock, localChannel } = platform;
  const person = createLocalUser(platform, program.user);
  return createAgentConnection({
    isServiceInstalled: () => localChannel.isServiceInstalled(),
    attach: () => attachToService({ channel: localChannel, clock, log }),
    startEngine: () => startEmbeddedEngine({ context, person, pid: program.pid, restart }),
    clock,
    log,
  });
}

async function openStates(
  { app }: ElectronModule,
  { environment, execPath }: TrayProgram,
  { context, settings }: TrayBase,
  connection: AgentConnection,
): Promise<WindowStateStore> {
  const { family, files } = context.platform;
  const openAtLogin = openAtLoginOf({ app, family, files, environment, execPath });
  // Started from a source tree, only Electron itself would open at login.
  const { isPackaged } = app;
  if (isPackaged && !settings.current().hasGreeted) await openAtLogin.write(true);
  await settings.change({ hasGreeted: true });
  return createWindowStateStore({
    connection,
    settings,
    openAtLogin,
    canChangeOpensAtLogin: isPackaged,
    areSecretsSealed: context.areSecretsSealed,
    preferredLanguages: app.getPreferredSystemLanguages(),
  });
}
