import { attachToService } from "../../agent/local-channel/client/attach-to-service.ts";
import { firstWindow } from "../model/first-window.ts";
import { type AgentLink, createAgentLink } from "./agent-link.ts";
import { createIpcHandlers } from "./ipc-handlers.ts";
import { createJoinServer } from "./join-server.ts";
import { AT_LOGIN_ARGUMENT, openAtLoginOf } from "./open-at-login.ts";
import { openWindows } from "./open-windows.ts";
import { createLocalUser } from "../../agent-host/local-user.ts";
import { startEmbeddedEngine } from "./embedded-engine.ts";
import { registerIpc } from "./register-ipc.ts";
import { createServerWatch } from "./server-watch.ts";
import { createTrayFace } from "./tray-face.ts";
import { openTrayBase, type TrayBase } from "./tray-base.ts";
import { type TrayHost, trayHostTest, watchTrayHost } from "./tray-host.ts";
import type { ElectronModule, OpenTray, TrayProgram } from "./tray-program.ts";
import { createWindowStates, type WindowStates } from "./window-state.ts";

/**
 * Builds the tray out of its parts; Electron is ready. Rejects with what a person can mend.
 * @param systemEnds is called when the system goes down and waits for us to go too
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
  const link = openLink(base, program, () => {
    isRestarting = true;
    // An AppImage runs from a mount that ends with it.
    electron.app.relaunch(program.environment.APPIMAGE ? { execPath: program.environment.APPIMAGE } : {});
    electron.app.quit();
  });
  const states = await openStates(electron, program, base, link);
  let host: TrayHost | null = null;
  const staysInReach = () => !isEnding && host !== null && !host.isThere();
  const windows = await openWindows(electron, program, base, staysInReach);
  const watch = createServerWatch({ link, isShown: () => windows.isOpen("status"), clock, log });
  link.subscribe(watch.look);
  const face = createTrayFace(electron, program, base, { link, states, windows });
  registerIpc({
    ipcMain: electron.ipcMain,
    windowOf: windows.windowOf,
    handlers: createIpcHandlers({
      ...electron,
      link,
      states,
      windows,
      joining: createJoinServer(context),
      logFolder: context.home.logs,
      documents: electron.app.getPath("documents"),
      changed: face.refresh,
      statusOpened: watch.opened,
    }),
    log,
  });
  // On Linux Electron would hold the shutdown back for whoever listens.
  if (platform.family === "macos") electron.powerMonitor.on("shutdown", systemEnds);
  await link.start();
  face.refresh();
  host = await watchTrayHost({
    hasHost: trayHostTest(platform.family, program.environment),
    clock,
    came: face.renew,
  });
  if (isFirst && !host.isThere()) face.tellNoHost();
  const isAtLogin = program.argv.includes(AT_LOGIN_ARGUMENT);
  const first = firstWindow(states.current(), { isFirst, hasTrayHost: host.isThere() });
  if (first) windows.open(first, { isQuiet: isAtLogin });

  return {
    showStatus: () => windows.open("status"),
    async stop() {
      isEnding = true;
      face.end();
      watch.end();
      host?.end();
      const how = await platform.power.goingDown();
      await link.stop(how !== "no" ? how : isRestarting ? null : "agent-stopped");
      log.info("The tray has ended.");
      await base.flush();
    },
  };
}

function openLink({ context, log }: TrayBase, program: TrayProgram, restart: () => void): AgentLink {
  const { platform } = context;
  const { clock, localChannel } = platform;
  const person = createLocalUser(platform, program.user);
  return createAgentLink({
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
  link: AgentLink,
): Promise<WindowStates> {
  const { family, files } = context.platform;
  const openAtLogin = openAtLoginOf({ app, family, files, environment, execPath });
  // Out of a source tree what opens at login would be Electron alone.
  const { isPackaged } = app;
  if (isPackaged && !settings.current().hasGreeted) await openAtLogin.write(true);
  await settings.change({ hasGreeted: true });
  return createWindowStates({
    link,
    settings,
    openAtLogin,
    canChangeOpensAtLogin: isPackaged,
    areSecretsSealed: context.areSecretsSealed,
    preferredLanguages: app.getPreferredSystemLanguages(),
  });
}
