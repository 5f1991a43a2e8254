import type { IpcMainInvokeEvent } from "electron";
import { objectAsComplete } from "../compatible-types.ts";
import { BrowserWindow } from "./browser-window.ts";
import { invokeMain, ipcMain } from "./ipc-main.ts";
import { mayHave, serve } from "./session.ts";
import { registerHandlers, record } from "./test-host.ts";
import { WebContents } from "./web-contents.ts";

const eventFrom = (windowId: number, frameUrl: string): IpcMainInvokeEvent => {
  const contents = WebContents.host.find(windowId);
  const senderFrame = WebContents.host.frameOf(contents, frameUrl);
  const sender = objectAsComplete<Electron.WebContents>(contents);
  return {
    type: "frame",
    sender,
    senderFrame,
    frameId: senderFrame.routingId,
    processId: 1,
    defaultPrevented: false,
    preventDefault: () => undefined,
  };
};
registerHandlers({
  invoke: (windowId, frameUrl, channel, values) => invokeMain(eventFrom(windowId, frameUrl), channel, values),
  send: (windowId, frameUrl, channel, values) => {
    ipcMain.emit(channel, eventFrom(windowId, frameUrl), ...values);
    return null;
  },
  serve: (windowId, url, method, headers) =>
    serve(WebContents.host.find(windowId).session, { url, method, headers }),
  "may-navigate": (windowId, url, isMainFrame) => {
    const isAllowed = WebContents.host.mayNavigate(WebContents.host.find(windowId), url, isMainFrame);
    if (!isAllowed) record({ kind: "navigation-denied", windowId, url });
    return isAllowed;
  },
  "may-open": (windowId, url) => {
    const isAllowed = WebContents.host.mayOpen(WebContents.host.find(windowId), url);
    if (!isAllowed) record({ kind: "window-denied", windowId, url });
    return isAllowed;
  },
  async "may-have"(windowId, permission) {
    const contents = objectAsComplete<Electron.WebContents>(WebContents.host.find(windowId));
    const isGranted = await mayHave(contents, permission);
    record({ kind: "permission", windowId, permission, isGranted });
    return isGranted;
  },
  "close-window": (windowId) => {
    BrowserWindow.fromId(windowId)?.close();
    return null;
  },
  "crash-page": (windowId) => {
    WebContents.host.find(windowId).emit("render-process-gone", {}, { reason: "crashed", exitCode: 1 });
    return null;
  },
});
