import { LogPosition } from "@muster/shared/contracts/local-agent.ts";
import { EpochMs, line } from "@muster/shared/contracts/text.ts";
import { LANGUAGES } from "@muster/shared/i18n/languages.ts";
import { Id } from "@muster/shared/ids.ts";
import { keysOf } from "@muster/shared/keys-of.ts";
import type { IpcMain, IpcMainInvokeEvent } from "electron";
import { z } from "zod";
import { type Log, messageOf } from "../../agent/log.ts";
import {
  CHANNEL_WINDOWS,
  type IpcChannel,
  type IpcRequests,
  type SetupForm,
  WINDOW_NAMES,
  type WindowName,
} from "../ipc-contract.ts";

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

const LONGEST_PAUSE_MS = 30 * 86_400_000;
/** As much as one part of the log. */
const LONGEST_COPY = 300_000;

const SetupFormArgument: z.ZodType<SetupForm> = z.strictObject({
  server: z.string().max(2000),
  token: z.string().max(200),
  caPem: z.string().max(100_000).nullable(),
  isInsecureHttpAllowed: z.boolean(),
});

const none = z.tuple([]);

/** What each channel may be asked with. A channel without an entry does not compile. */
const IPC_ARGUMENTS: { readonly [Channel in IpcChannel]: z.ZodType<IpcRequests[Channel]["args"]> } = {
  "read-state": none,
  "read-hour": none,
  "read-messages": none,
  "read-seen": none,
  "read-record": none,
  "read-log": z.tuple([LogPosition]),
  "export-record": z.tuple([z.enum(["json", "csv"])]),
  "open-log-folder": none,
  "copy-text": z.tuple([z.string().max(LONGEST_COPY)]),
  "check-now": none,
  pause: z.tuple([z.number().int().min(1).max(LONGEST_PAUSE_MS).nullable()]),
  resume: none,
  "mark-read": z.tuple([Id]),
  "press-button": z.tuple([Id, line(40)]),
  postpone: z.tuple([Id, EpochMs]),
  "test-setup": z.tuple([SetupFormArgument]),
  enrol: z.tuple([SetupFormArgument]),
  leave: none,
  "set-language": z.tuple([z.enum(keysOf(LANGUAGES)).nullable()]),
  "set-opens-at-login": z.tuple([z.boolean()]),
  "open-window": z.tuple([z.enum(WINDOW_NAMES)]),
  "close-window": none,
};
