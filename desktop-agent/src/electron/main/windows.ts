import type { BrowserWindow, IpcMainInvokeEvent, Session } from "electron";
import { COLOURS } from "@muster/shared/design/tokens.ts";
import type { Log } from "../../agent/log.ts";
import type { IpcPush, IpcPushes, WindowName } from "../ipc-contract.ts";
import { pageUrl } from "./window-files.ts";

const WIDTH_PX = 420;
const HEIGHT_PX = 560;

/** The windows, each there from its opening to its closing and at most once. */
export type Windows = {
  /** Opens the window, or brings the open one to the front. `isQuiet`: without taking the keyboard from whoever types. */
  open(name: WindowName, how?: { isQuiet: boolean }): void;
  close(name: WindowName): void;
  isOpen(name: WindowName): boolean;
  /** Tells every open window. */
  tell<Push extends IpcPush>(push: Push, told: IpcPushes[Push]): void;
  /** The window whose own page sent the event, null when it was anything else. */
  windowOf(event: Pick<IpcMainInvokeEvent, "sender" | "senderFrame">): WindowName | null;
};

type Deps = {
  BrowserWindow: typeof BrowserWindow;
  session: Session;
  preload: string;
  icon: string | undefined;
  isDark: () => boolean;
  devtools: boolean;
  /** Whether a window that its person closes is only minimized: where it is the only way in. */
  staysInReach: () => boolean;
  log: Log;
};

export function createWindows(deps: Deps): Windows {
  const opened = new Map<WindowName, BrowserWindow>();

  function make(name: WindowName, isQuiet: boolean): BrowserWindow {
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
    window.on("closed", () => opened.delete(name));
    window.webContents.on("render-process-gone", (_event, { reason }) => {
      deps.log.error(`The window ${name} has died: ${reason}.`);
      window.destroy();
    });
    opened.set(name, window);
    // A page that is closed before it was there rejects, and there is nobody left to tell.
    window.loadURL(pageUrl(name)).catch(() => undefined);
    return window;
  }

  return {
    open(name, { isQuiet } = { isQuiet: false }) {
      const window = opened.get(name);
      if (!window) return void make(name, isQuiet);
      if (window.isMinimized()) window.restore();
      if (isQuiet) return window.showInactive();
      window.show();
      window.focus();
    },
    close: (name) => opened.get(name)?.close(),
    isOpen: (name) => opened.has(name),
    tell(push, told) {
      for (const window of opened.values()) window.webContents.send(push, told);
    },
    windowOf({ sender, senderFrame }) {
      for (const [name, { webContents }] of opened) {
        if (webContents !== sender || senderFrame === null) continue;
        return senderFrame === webContents.mainFrame && senderFrame.url === pageUrl(name) ? name : null;
      }
      return null;
    },
  };
}
