import { HelpDiagnostics, HelpText } from "@muster/shared/contracts/device-support.ts";
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

/** The handler of each channel; `from` is the window that sent the request. */
export type IpcHandlers = {
  readonly [Channel in IpcChannel]: (
    from: WindowName,
    ...args: IpcRequests[Channel]["args"]
  ) => Promise<Answer<Channel>> | Answer<Channel>;
};

type Deps = {
  ipcMain: Pick<IpcMain, "handle">;
  /** The window whose main page sent the request; null for a frame inside it, another page or another window. */
  windowOf: (event: Pick<IpcMainInvokeEvent, "sender" | "senderFrame">) => WindowName | null;
  handlers: IpcHandlers;
  log: Log;
};

/**
 * The only entry point from windows to the main process. A request is accepted when it comes from the page of a window that may
 * send it, with valid arguments. A refused request is logged with its channel, never with its content.
 */
export function registerIpc({ ipcMain, windowOf, handlers, log }: Deps): void {
  function refuse(channel: IpcChannel, why: string): never {
    log.warn(`Refused the request ${channel}: ${why}.`);
    throw new Error("refused");
  }

  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it binds the arguments to the handler of the same channel
  function register<Channel extends IpcChannel>(channel: Channel): void {
    ipcMain.handle(channel, async (event, ...args: unknown[]): Promise<Answer<Channel>> => {
      const from = windowOf(event);
      if (from === null) return refuse(channel, "the sender is not a page of Muster");
      if (!CHANNEL_WINDOWS[channel].includes(from))
        return refuse(channel, `the window ${from} may not send it`);
      const parsed = IPC_ARGUMENTS[channel].safeParse(args);
      if (!parsed.success) return refuse(channel, "its arguments are not valid");
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

const MAX_PAUSE_MS = 30 * 86_400_000;
/** In characters; enough for one part of the log. */
const MAX_COPY_LENGTH = 300_000;

const SetupFormArgument: z.ZodType<SetupForm> = z.strictObject({
  server: z.string().max(2000),
  token: z.string().max(200),
  caPem: z.string().max(100_000).nullable(),
  isInsecureHttpAllowed: z.boolean(),
});

const none = z.tuple([]);

/** The argument schema of each channel. A channel without an entry does not compile. */
const IPC_ARGUMENTS: { readonly [Channel in IpcChannel]: z.ZodType<IpcRequests[Channel]["args"]> } = {
  "read-state": none,
  "read-hour": none,
  "read-messages": none,
  "read-disclosed-data": none,
  "read-record": none,
  "read-log": z.tuple([LogPosition]),
  "export-record": z.tuple([z.enum(["json", "csv"])]),
  "open-log-folder": none,
  "copy-text": z.tuple([z.string().max(MAX_COPY_LENGTH)]),
  "check-now": none,
  pause: z.tuple([z.number().int().min(1).max(MAX_PAUSE_MS).nullable()]),
  resume: none,
  "mark-read": z.tuple([Id]),
  "press-button": z.tuple([Id, line(40)]),
  "read-support": none,
  "ask-for-help": z.tuple([HelpText, HelpDiagnostics.nullable()]),
  "reply-to-help": z.tuple([Id, HelpText]),
  "close-help": z.tuple([Id]),
  "mark-help-read": z.tuple([Id]),
  postpone: z.tuple([Id, EpochMs]),
  "test-setup": z.tuple([SetupFormArgument]),
  enrol: z.tuple([SetupFormArgument]),
  leave: none,
  "set-language": z.tuple([z.enum(keysOf(LANGUAGES)).nullable()]),
  "set-opens-at-login": z.tuple([z.boolean()]),
  "open-window": z.tuple([z.enum(WINDOW_NAMES)]),
  "close-window": none,
};
