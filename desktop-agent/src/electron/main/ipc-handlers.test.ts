import { beforeEach, describe, expect, it } from "vitest";
import { createStubAgent, type StubAgent } from "../../agent/local-channel/stub-agent.fixture.ts";
import type { SetupForm, TrayRole } from "../ipc-contract.ts";
import { makeWindowState } from "../model/window-state.factory.ts";
import { createWords } from "../model/words.ts";
import { createIpcHandlers } from "./ipc-handlers.ts";
import type { IpcHandlers } from "./register-ipc.ts";

const ID = "0198c0de-0000-7000-8000-000000000001";
const form: SetupForm = { server: "https://x", token: "t", caPem: null, isInsecureHttpAllowed: false };

let agent: StubAgent | null;
let role: TrayRole;
let happened: unknown[];
let problem: string;
let handlers: IpcHandlers;

beforeEach(async () => {
  agent = createStubAgent();
  role = "own-engine";
  happened = [];
  problem = "";
  const words = await createWords("en", "en-GB");
  handlers = createIpcHandlers({
    link: { agent: () => agent, role: () => role },
    states: {
      current: () => makeWindowState(),
      words: () => words,
      setLanguage: async (language) => void happened.push(["language", language]),
      setOpensAtLogin: async (opens) => void happened.push(["at login", opens]),
    },
    windows: {
      open: (name) => void happened.push(["open", name]),
      close: (name) => void happened.push(["close", name]),
      tell: (push) => void happened.push(["tell", push]),
    },
    joining: {
      test: async () => [],
      enrol: async (_form, replaces) => {
        happened.push(["enrol", replaces]);
        return { kind: "failed", steps: [] };
      },
      leave: async () => {
        happened.push(["leave"]);
        return { kind: "done" };
      },
    },
    clipboard: { writeText: async (text) => void happened.push(["copy", text]) },
    dialog: { showSaveDialog: async () => ({ canceled: true, filePath: "" }) },
    shell: {
      openPath: async (path) => {
        happened.push(["open path", path]);
        return problem;
      },
    },
    logFolder: "/home/agent/logs",
    documents: "/home/documents",
    changed: () => void happened.push(["changed"]),
    statusOpened: () => void happened.push(["status-opened"]),
  });
});

describe("what windows ask", () => {
  it("opens the one folder of logs, and says when it could not", async () => {
    expect(await handlers["open-log-folder"]("log")).toEqual({ kind: "done" });
    problem = "no program for it";
    expect(await handlers["open-log-folder"]("log")).toMatchObject({ kind: "refused", message: problem });
    expect(happened).toEqual([
      ["open path", "/home/agent/logs"],
      ["open path", "/home/agent/logs"],
    ]);
  });

  it("reaches the agent as the wish of its person, and has the inbox read again", async () => {
    await handlers["press-button"]("messages", ID, "Yes");
    await handlers.postpone("reboot", ID, 5);
    expect(agent?.requests).toEqual([
      ["acknowledge", ID, { what: "pressed", button: "Yes" }],
      ["postpone", ID, 5],
    ]);
    expect(happened).toEqual([["tell", "messages-changed"]]);
  });

  it("is refused as a value while no agent is reached, and reading fails", async () => {
    agent = null;
    expect(await handlers.pause("status", null)).toEqual({ kind: "refused", why: "failed", message: null });
    await expect((async () => handlers["read-hour"]("status"))()).rejects.toThrow("no agent is reached");
    expect(await handlers["read-state"]("status")).toMatchObject({ role: "own-engine" });
  });

  it("joins and leaves no server in the name of a service", async () => {
    role = "service";
    expect(await handlers.enrol("setup", form)).toMatchObject({ kind: "failed" });
    expect(await handlers.leave("setup")).toMatchObject({ kind: "refused" });
    expect(happened).toEqual([]);
  });

  it.each([
    [{ kind: "not-enrolled", reason: null }, false],
    [{ kind: "copied-machine" }, true],
    [{ kind: "revoked" }, true],
    [{ kind: "reporting" }, false],
  ] as const)("enrols a device whose state is %o anew: %s", async (state, replaces) => {
    agent?.changeView({ state });
    await handlers.enrol("setup", form);
    expect(happened).toEqual([["enrol", replaces]]);
  });

  it("says that somebody looks at the status, and at nothing else", async () => {
    await handlers["read-state"]("log");
    expect(happened).toEqual([]);
    await handlers["read-state"]("status");
    expect(happened).toEqual([["status-opened"]]);
  });

  it("closes only the window that asks", async () => {
    await handlers["close-window"]("record");
    expect(happened).toEqual([["close", "record"]]);
  });

  it("draws everything anew in another language", async () => {
    await handlers["set-language"]("setup", "de");
    expect(happened).toEqual([["language", "de"], ["changed"]]);
  });

  it("saves nothing when its person chose no place", async () => {
    expect(await handlers["export-record"]("record", "csv")).toEqual({ kind: "cancelled" });
  });
});
