import type { BrowserWindow, IpcMainInvokeEvent, Session } from "electron";
import { COLOURS } from "@muster/shared/design/tokens.ts";
import type { Log } from "../../agent/log.ts";
import type { IpcPush, IpcPushes, WindowName } from "../ipc-contract.ts";
import { pageUrl } from "./window-files.ts";

const WIDTH_PX = 420;
const HEIGHT_PX = 560;

/** Opens and closes the windows. A window exists only while it is open, and at most once. */
export type WindowController = {
  /** Opens the window or brings it to the front. `isQuiet`: without taking the keyboard focus. */
  open(name: WindowName, how?: { isQuiet: boolean }): void;
  close(name: WindowName): void;
  isOpen(name: WindowName): boolean;
  /** Sends to all open windows. */
  send<Push extends IpcPush>(push: Push, payload: IpcPushes[Push]): void;
  /** The window whose main page sent the event; null for any other sender. */
  windowOf(event: Pick<IpcMainInvokeEvent, "sender" | "senderFrame">): WindowName | null;
};

type Deps = {
  BrowserWindow: typeof BrowserWindow;
  session: Session;
  preload: string;
  icon: string | undefined;
  isDark: () => boolean;
  devtools: boolean;
  /** Whether closing the status window only minimizes it, because there is no icon to open it again. */
  staysInReach: () => boolean;
  log: Log;
};

export function createWindowController(deps: Deps): WindowController {
  const openWindows = new Map<WindowName, BrowserWindow>();

  function createWindow(name: WindowName, isQuiet: boolean): BrowserWindow {
    const window = new deps.BrowserWindow({
      width: WIDTH_PX,
      height: HEIGHT_PX,
      minWidth: 360,
      minHeight: 400,
      useContentSize: true,
      show: false,
      fullscreenable: false,
      autoHideMenuBar: true,
      backgroundColor: COLOURS[deps.isDark() ? "dark" : "light"].ground,
      title: "Muster",
      icon: deps.icon,
      webPreferences: {
        preload: deps.preload,
        session: deps.session,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        spellcheck: false,
        navigateOnDragDrop: false,
        devTools: deps.devtools,
      },
    });
    window.once("ready-to-show", () => (isQuiet ? window.showInactive() : window.show()));
    window.on("close", (event) => {
      if (name !== "status" || !deps.staysInReach()) return;
      event.preventDefault();
      window.minimize();
    });
    window.on("closed", () => openWindows.delete(name));
    window.webContents.on("render-process-gone", (_event, { reason }) => {
      deps.log.error(`The page of the window ${name} has crashed: ${reason}.`);
      window.destroy();
    });
    openWindows.set(name, window);
    // It rejects when the window is closed while loading, which is no error.
    window.loadURL(pageUrl(name)).catch(() => undefined);
    return window;
  }

  return {
    open(name, { isQuiet } = { isQuiet: false }) {
      const window = openWindows.get(name);
      if (!window) return void createWindow(name, isQuiet);
      if (window.isMinimized()) window.restore();
      if (isQuiet) return window.showInactive();
      window.show();
      window.focus();
    },
    close: (name) => openWindows.get(name)?.close(),
    isOpen: (name) => openWindows.has(name),
    send(push, payload) {
      for (const window of openWindows.values()) window.webContents.send(push, payload);
    },
    windowOf({ sender, senderFrame }) {
      for (const [name, { webContents }] of openWindows) {
        if (webContents !== sender || senderFrame === null) continue;
        return senderFrame === webContents.mainFrame && senderFrame.url === pageUrl(name) ? name : null;
      }
      return null;
    },
  };
}
