import type * as Electron from "electron";
import type { Environment } from "../../agent-host/configuration.ts";
import type { Platform } from "../../platform/ports.ts";

/** What of Electron the tray uses. */
export type ElectronModule = Pick<
  typeof Electron,
  | "app"
  | "BrowserWindow"
  | "clipboard"
  | "dialog"
  | "ipcMain"
  | "Menu"
  | "nativeTheme"
  | "Notification"
  | "powerMonitor"
  | "protocol"
  | "safeStorage"
  | "session"
  | "shell"
  | "Tray"
  | "utilityProcess"
>;

/** The program around it. */
export type TrayProgram = {
  environment: Environment;
  argv: readonly string[];
  pid: number;
  /** The executable that starts the tray. */
  execPath: string;
  electronVersion: string;
  /** Folder of the bundle: preload.cjs, `renderer` and `icons` lie beside it. */
  folder: string;
  user: string;
  createPlatform: () => Promise<Platform>;
};

/** What can be asked of a tray that runs. */
export type OpenTray = { showStatus(): void; stop(): Promise<void> };
