import { join } from "node:path";
import { APP_PNG_NAME } from "@muster/shared/design/tray-icons.ts";
import { confineContents } from "./confine-contents.ts";
import type { TrayBase } from "./tray-base.ts";
import type { ElectronModule, TrayProgram } from "./tray-program.ts";
import { createWindowFiles } from "./window-files.ts";
import { openWindowSession } from "./window-session.ts";
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
