import type { IpcMainInvokeEvent } from "electron";
import { objectAsWhole } from "../faithful.ts";
import { BrowserWindow } from "./browser-window.ts";
import { invokeMain, ipcMain } from "./ipc-main.ts";
import { mayHave, serve } from "./session.ts";
import { answer, record } from "./stage.ts";
import { WebContents } from "./web-contents.ts";

const eventFrom = (windowId: number, frameUrl: string): IpcMainInvokeEvent => {
  const contents = WebContents.stage.find(windowId);
  const senderFrame = WebContents.stage.frameOf(contents, frameUrl);
  const sender = objectAsWhole<Electron.WebContents>(contents);
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
answer({
  invoke: (windowId, frameUrl, channel, values) => invokeMain(eventFrom(windowId, frameUrl), channel, values),
  send: (windowId, frameUrl, channel, values) => {
    ipcMain.emit(channel, eventFrom(windowId, frameUrl), ...values);
    return null;
  },
  serve: (windowId, url, method, headers) =>
    serve(WebContents.stage.find(windowId).session, { url, method, headers }),
  "may-navigate": (windowId, url, isMainFrame) => {
    const isAllowed = WebContents.stage.mayNavigate(WebContents.stage.find(windowId), url, isMainFrame);
    if (!isAllowed) record({ kind: "navigation-denied", windowId, url });
    return isAllowed;
  },
  "may-open": (windowId, url) => {
    const isAllowed = WebContents.stage.mayOpen(WebContents.stage.find(windowId), url);
    if (!isAllowed) record({ kind: "window-denied", windowId, url });
    return isAllowed;
  },
  async "may-have"(windowId, permission) {
    const contents = objectAsWhole<Electron.WebContents>(WebContents.stage.find(windowId));
    const isGranted = await mayHave(contents, permission);
    record({ kind: "permission", windowId, permission, isGranted });
    return isGranted;
  },
  "close-window": (windowId) => {
    BrowserWindow.fromId(windowId)?.close();
    return null;
  },
  "crash-page": (windowId) => {
    WebContents.stage.find(windowId).emit("render-process-gone", {}, { reason: "crashed", exitCode: 1 });
    return null;
  },
});
