import { beforeEach, describe, expect, it } from "vitest";
import { createLog } from "../../agent/log.ts";
import { CHANNEL_WINDOWS, type IpcChannel, type WindowName } from "../ipc-contract.ts";
import { keysOf } from "@muster/shared/keys-of.ts";
import { type IpcHandlers, registerIpc } from "./register-ipc.ts";

type Listener = Parameters<Parameters<typeof registerIpc>[0]["ipcMain"]["handle"]>[1];
type Event = Parameters<Listener>[0];

const ID = "0198c0de-0000-7000-8000-000000000001";
const SECRET = "mt_this-must-not-be-logged-0123456789";

const DIAGNOSTICS = {
  atMs: 1,
  agentVersion: "1",
  state: "reporting",
  health: 80,
  problem: null,
  diskPercent: 1,
  diskMount: "/",
  uptimeS: 1,
};

/** Arguments that each channel takes. */
const RIGHT: { readonly [Channel in IpcChannel]: readonly unknown[] } = {
  "read-state": [],
  "read-hour": [],
  "read-messages": [],
  "read-disclosed-data": [],
  "read-record": [],
  "read-log": [{ kind: "after", run: "r1", byte: 0 }],
  "export-record": ["csv"],
  "open-log-folder": [],
  "copy-text": ["a text"],
  "check-now": [],
  pause: [null],
  resume: [],
  "mark-read": [ID],
  "press-button": [ID, "Yes"],
  "read-support": [],
  "ask-for-help": ["Help", DIAGNOSTICS],
  "reply-to-help": [ID, "More"],
  "close-help": [ID],
  "mark-help-read": [ID],
  postpone: [ID, 1_800_000_000_000],
  "test-setup": [{ server: "https://x", token: "t", caPem: null, isInsecureHttpAllowed: false }],
  enrol: [{ server: "https://x", token: "t", caPem: null, isInsecureHttpAllowed: false }],
  leave: [],
  "set-language": ["fr"],
  "set-opens-at-login": [true],
  "open-window": ["log"],
  "close-window": [],
};

/** Arguments that none of these channels may be reached with. */
const WRONG: Partial<Record<IpcChannel, readonly unknown[][]>> = {
  "read-log": [[{ kind: "file", path: "/etc/shadow" }], [], [{ kind: "after", run: "r", byte: -1 }]],
  "export-record": [["exe"], ["csv", "/etc/passwd"]],
  "open-log-folder": [["/etc"]],
  "copy-text": [["x".repeat(300_001)], [{ toString: "x" }]],
  pause: [[0], [-1], [1.5], [Number.NaN], [1e12], ["1"], []],
  "mark-read": [["../x"], [ID, ID]],
  "press-button": [[ID], [ID, "x".repeat(41)], [ID, "a\nb"]],
  "ask-for-help": [
    [" ", null],
    ["x".repeat(2001), null],
    ["a\u0000b", null],
    ["Help", { ...DIAGNOSTICS, log: "x" }],
  ],
  "reply-to-help": [[ID], [ID, ""], ["../x", "More"]],
  "close-help": [["x"]],
  "mark-help-read": [["x"]],
  postpone: [
    [ID, "now"],
    [ID, -1],
    ["x", 1],
  ],
  "test-setup": [[{ ...Object(RIGHT["test-setup"][0]), extra: 1 }], [SECRET]],
  enrol: [[{ ...Object(RIGHT.enrol[0]), token: "x".repeat(201) }]],
  "set-language": [["xx"], [undefined]],
  "set-opens-at-login": [["yes"]],
  "open-window": [["devtools"], ["__proto__"]],
};

let listeners: Map<string, Listener>;
let asked: unknown[][];
let lines: string[];
let sender: WindowName | null;

beforeEach(() => {
  listeners = new Map();
  asked = [];
  lines = [];
  sender = "status";
  const handler =
    (channel: string) =>
    (...args: unknown[]) => {
      asked.push([channel, ...args]);
      return { kind: "done" };
    };
  registerIpc({
    ipcMain: { handle: (channel, listener) => void listeners.set(channel, listener) },
    windowOf: () => sender,
    handlers: makeHandlers(handler),
    log: createLog({ level: "debug", wallMs: () => 0, write: (line) => void lines.push(line) }),
  });
});

function makeHandlers(handler: (channel: string) => (...args: unknown[]) => unknown): IpcHandlers {
  const entries = keysOf(CHANNEL_WINDOWS).map((channel) => [channel, handler(channel)]);
  return Object.fromEntries(entries);
}

async function ask(channel: string, args: readonly unknown[]): Promise<unknown> {
  const event: Event = Object.create(null);
  return listeners.get(channel)?.(event, ...args);
}

describe("the IPC between windows and the main process", () => {
  it("has exactly the channels of the table", () => {
    expect([...listeners.keys()].toSorted()).toEqual(Object.keys(CHANNEL_WINDOWS).toSorted());
  });

  it.each(keysOf(CHANNEL_WINDOWS))(
    "accepts %s from the windows that may send it, and from no other",
    async (channel) => {
      for (const name of ["status", "log", "messages", "record", "setup", "reboot", "ask"] as const) {
        asked = [];
        sender = name;
        const answer = ask(channel, RIGHT[channel]);
        if (CHANNEL_WINDOWS[channel].includes(name)) {
          expect(await answer).toEqual({ kind: "done" });
          expect(asked).toEqual([[channel, name, ...RIGHT[channel]]]);
        } else {
          await expect(answer).rejects.toThrow("refused");
          expect(asked).toEqual([]);
        }
      }
    },
  );

  it.each(keysOf(CHANNEL_WINDOWS))(
    "does not accept %s from a frame or page that is not one of the windows",
    async (channel) => {
      sender = null;
      await expect(ask(channel, RIGHT[channel])).rejects.toThrow("refused");
      expect(lines.join()).toContain(`Refused the request ${channel}: the sender is not a page of Muster`);
      expect(asked).toEqual([]);
    },
  );

  it.each(keysOf(CHANNEL_WINDOWS))("refuses %s with invalid arguments", async (channel) => {
    sender = CHANNEL_WINDOWS[channel][0] ?? null;
    const wrong = [...(WRONG[channel] ?? []), [...RIGHT[channel], "one too many"]];
    for (const args of wrong)
      await expect(ask(channel, args), JSON.stringify(args)).rejects.toThrow("refused");
    expect(asked).toEqual([]);
  });

  it("logs a refused request with its channel, never with its content", async () => {
    sender = "setup";
    await expect(ask("enrol", [SECRET])).rejects.toThrow("refused");
    expect(lines).toEqual([
      expect.stringContaining("Refused the request enrol: its arguments are not valid."),
    ]);
    expect(lines.join()).not.toContain(SECRET);
  });
});

it("tells a window only that a request failed", async () => {
  const failing = () => () => Promise.reject(new Error("ENOENT /home/alice/secret"));
  registerIpc({
    ipcMain: { handle: (channel, listener) => void listeners.set(channel, listener) },
    windowOf: () => "status",
    handlers: makeHandlers(failing),
    log: createLog({ level: "debug", wallMs: () => 0, write: (line) => void lines.push(line) }),
  });
  await expect(ask("check-now", [])).rejects.toThrow(/^failed$/);
  expect(lines.join()).toContain("check-now failed: ENOENT");
});
