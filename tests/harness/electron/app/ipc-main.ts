import { EventEmitter } from "node:events";
import type { IpcMain, IpcMainInvokeEvent } from "electron";
import type { Invoked } from "../app-protocol.ts";

type Handler = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

const events = new EventEmitter();
const handlers = new Map<string, Handler>();

const members = {
  handle(channel: string, handler: Handler) {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  handleOnce(channel: string, handler: Handler) {
    members.handle(channel, (event, ...args) => {
      handlers.delete(channel);
      return handler(event, ...args);
    });
  },
  removeHandler: (channel: string) => void handlers.delete(channel),
} satisfies Partial<IpcMain>;

export const ipcMain = Object.assign(events, members);

/** The answer to `ipcRenderer.invoke`, with Electron's error texts. */
export async function invokeMain(
  event: IpcMainInvokeEvent,
  channel: string,
  args: unknown[],
): Promise<Invoked> {
  const prefix = `Error invoking remote method '${channel}': `;
  const handler = handlers.get(channel);
  if (handler === undefined)
    return { kind: "failed", message: `${prefix}Error: No handler registered for '${channel}'` };
  try {
    return { kind: "answered", value: await handler(event, ...args) };
  } catch (error) {
    return { kind: "failed", message: `${prefix}${String(error)}` };
  }
}
