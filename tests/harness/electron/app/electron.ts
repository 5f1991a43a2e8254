/* The module `electron` of an app that runs with the stand-in. */
export { app } from "./app.ts";
export { BrowserWindow } from "./browser-window.ts";
export { dialog } from "./dialog.ts";
export { ipcMain } from "./ipc-main.ts";
export { Menu } from "./menu.ts";
export { nativeImage } from "./native-image.ts";
export { Notification } from "./notification.ts";
export { safeStorage } from "./safe-storage.ts";
export { protocol, session } from "./session.ts";
export { clipboard, nativeTheme, powerMonitor, shell } from "./system.ts";
export { Tray } from "./tray.ts";
export { utilityProcess } from "./utility-process.ts";
