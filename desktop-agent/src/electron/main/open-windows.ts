import { join } from "node:path";
import { APP_PNG_NAME } from "@muster/shared/design/tray-icons.ts";
import type { App, Session, session as sessions, WebContents } from "electron";
import type { Log } from "../../agent/log.ts";
import type { TrayBase } from "./tray-base.ts";
import type { ElectronModule, TrayProgram } from "./tray-program.ts";
import { createWindowFiles, isWindowUrl, WINDOW_SCHEME } from "./window-files.ts";
import { createWindows, type Windows } from "./windows.ts";

type Used = Pick<ElectronModule, "app" | "BrowserWindow" | "Menu" | "nativeTheme" | "session">;

/** The windows of this tray, none of them open, each to be confined to its own page. */
export async function openWindows(
  electron: Used,
  program: TrayProgram,
  { context, log }: TrayBase,
  staysInReach: () => boolean,
): Promise<Windows> {
  const { app, Menu, nativeTheme } = electron;
  const isMac = context.platform.family === "macos";
  const devtools = !app.isPackaged;
  confineContents(app, log);
  // On macOS copying and closing by keyboard are items of the menu; elsewhere a menu would only be in the way.
  Menu.setApplicationMenu(
    isMac
      ? Menu.buildFromTemplate([{ role: "appMenu" }, { role: "editMenu" }, { role: "windowMenu" }])
      : null,
  );
  const answer = await createWindowFiles(join(program.folder, "renderer"));
  return createWindows({
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
 * The session of all windows: kept in memory only, with one scheme to load from, without network, permissions and downloads.
 * @param devtools whether Chromium's own tools may be opened
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
  // Its dictionaries would come from the network.
  session.setSpellCheckerEnabled(false);
  session.on("will-download", (event) => event.preventDefault());
  return session;
}

/** Keeps every page where it was opened: no navigation, no windows of its own, no embedded guests. */
function confineContents(app: Pick<App, "on">, log: Log): void {
  app.on("web-contents-created", (_event, contents) => confine(contents, log));
}

function confine(contents: WebContents, log: Log): void {
  const refuse = (what: string) => (event: { preventDefault: () => void }) => {
    event.preventDefault();
    log.warn(`Refused a window ${what}.`);
  };
  contents.on("will-navigate", refuse("to navigate"));
  contents.on("will-frame-navigate", refuse("to navigate a frame"));
  contents.on("will-redirect", refuse("to be redirected"));
  contents.on("will-attach-webview", refuse("to embed another page"));
  contents.setWindowOpenHandler(() => {
    log.warn("Refused a window to open another.");
    return { action: "deny" };
  });
}
