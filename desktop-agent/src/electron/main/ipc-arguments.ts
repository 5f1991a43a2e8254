import { EpochMs, line } from "@muster/shared/contracts/text.ts";
import { LogPosition } from "@muster/shared/contracts/local-agent.ts";
import { LANGUAGES } from "@muster/shared/i18n/languages.ts";
import { Id } from "@muster/shared/ids.ts";
import { keysOf } from "@muster/shared/keys-of.ts";
import { z } from "zod";
import { type IpcChannel, type IpcRequests, type SetupForm, WINDOW_NAMES } from "../ipc-contract.ts";

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
export const IPC_ARGUMENTS: { readonly [Channel in IpcChannel]: z.ZodType<IpcRequests[Channel]["args"]> } = {
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
