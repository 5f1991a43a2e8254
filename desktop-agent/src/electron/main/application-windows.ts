import { join } from "node:path";
import { APP_PNG_NAME } from "@muster/shared/design/tray-icons.ts";
import type { App, Session, session as sessions, WebContents } from "electron";
import type { Log } from "../../agent/log.ts";
import type { TrayBase } from "./tray-base.ts";
import type { ElectronModule, TrayProgram } from "./tray-program.ts";
import { createWindowFiles, isWindowUrl, WINDOW_SCHEME } from "./window-files.ts";
import { createWindowController, type WindowController } from "./window-controller.ts";

type UsedElectron = Pick<ElectronModule, "app" | "BrowserWindow" | "Menu" | "nativeTheme" | "session">;

/** Creates the window controller, and confines all pages before the first window opens. */
export async function createApplicationWindows(
  electron: UsedElectron,
  program: TrayProgram,
  { context, log }: TrayBase,
  staysInReach: () => boolean,
): Promise<WindowController> {
  const { app, Menu, nativeTheme } = electron;
  const isMac = context.platform.family === "macos";
  const devtools = !app.isPackaged;
  confineContents(app, log);
  // On macOS the shortcuts for copying and closing need a menu; other systems need none.
  Menu.setApplicationMenu(
    isMac
      ? Menu.buildFromTemplate([{ role: "appMenu" }, { role: "editMenu" }, { role: "windowMenu" }])
      : null,
  );
  const answer = await createWindowFiles(join(program.folder, "renderer"));
  return createWindowController({
    BrowserWindow: electron.BrowserWindow,
    session: openWindowSession(electron.session, answer, devtools),
    preload: join(program.folder, "preload.cjs"),
    icon: isMac ? undefined : join(program.folder, "icons", APP_PNG_NAME),
    isDark: () => nativeTheme.shouldUseDarkColors,
    devtools,
    staysInReach,
    log,
  });
}

/**
 * The session of all windows: in memory only, loads from one scheme only, no network, no permissions, no downloads.
 * @param devtools whether Chromium's developer tools may be opened
 */
function openWindowSession(
  { fromPartition }: Pick<typeof sessions, "fromPartition">,
  answer: (url: string) => Promise<Response>,
  devtools: boolean,
): Session {
  const session = fromPartition("windows", { cache: false });
  session.protocol.handle(WINDOW_SCHEME, ({ url }) => answer(url));
  session.webRequest.onBeforeRequest(({ url }, decide) =>
    decide({ cancel: !isWindowUrl(url) && !(devtools && url.startsWith("devtools:")) }),
  );
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  // It would download dictionaries.
  session.setSpellCheckerEnabled(false);
  session.on("will-download", (event) => event.preventDefault());
  return session;
}

/** Prevents every page from navigating, opening windows and embedding other pages. */
function confineContents(app: Pick<App, "on">, log: Log): void {
  app.on("web-contents-created", (_event, contents) => confine(contents, log));
}

function confine(contents: WebContents, log: Log): void {
  const refuse = (what: string) => (event: { preventDefault: () => void }) => {
    event.preventDefault();
    log.warn(`Refused to let a window ${what}.`);
  };
  contents.on("will-navigate", refuse("navigate"));
  contents.on("will-frame-navigate", refuse("navigate a frame"));
  contents.on("will-redirect", refuse("be redirected"));
  contents.on("will-attach-webview", refuse("embed another page"));
  contents.setWindowOpenHandler(() => {
    log.warn("Refused to let a window open another window.");
    return { action: "deny" };
  });
}
