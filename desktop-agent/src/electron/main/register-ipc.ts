import { keysOf } from "@muster/shared/keys-of.ts";
import type { IpcMain, IpcMainInvokeEvent } from "electron";
import { type Log, messageOf } from "../../agent/log.ts";
import { CHANNEL_WINDOWS, type IpcChannel, type IpcRequests, type WindowName } from "../ipc-contract.ts";
import { IPC_ARGUMENTS } from "./ipc-arguments.ts";

type Answer<Channel extends IpcChannel> = IpcRequests[Channel]["answer"];

/** What the main process does for windows, channel by channel; `from` is the window that asks. */
export type IpcHandlers = {
  readonly [Channel in IpcChannel]: (
    from: WindowName,
    ...args: IpcRequests[Channel]["args"]
  ) => Promise<Answer<Channel>> | Answer<Channel>;
};

type Deps = {
  ipcMain: Pick<IpcMain, "handle">;
  /** The window whose own page asks; null for a frame inside it, another page or another window. */
  windowOf: (event: Pick<IpcMainInvokeEvent, "sender" | "senderFrame">) => WindowName | null;
  handlers: IpcHandlers;
  log: Log;
};

/**
 * The one door between windows and the main process: a request counts when it comes from the page of a window that may ask it, with
 * arguments as agreed. What is refused is logged by its channel, never with its content.
 */
export function registerIpc({ ipcMain, windowOf, handlers, log }: Deps): void {
  function refuse(channel: IpcChannel, why: string): never {
    log.warn(`Refused ${channel} of a window: ${why}.`);
    throw new Error("refused");
  }

  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it ties the arguments to the handler of the same channel
  function register<Channel extends IpcChannel>(channel: Channel): void {
    ipcMain.handle(channel, async (event, ...args: unknown[]): Promise<Answer<Channel>> => {
      const from = windowOf(event);
      if (from === null) return refuse(channel, "not asked by a page of Muster");
      if (!CHANNEL_WINDOWS[channel].includes(from)) return refuse(channel, `not for the window ${from}`);
      const parsed = IPC_ARGUMENTS[channel].safeParse(args);
      if (!parsed.success) return refuse(channel, "wrong arguments");
      try {
        return await handlers[channel](from, ...parsed.data);
      } catch (error) {
        log.error(`${channel} failed: ${messageOf(error)}`);
        throw new Error("failed", { cause: error });
      }
    });
  }

  for (const channel of keysOf(CHANNEL_WINDOWS)) register(channel);
}
