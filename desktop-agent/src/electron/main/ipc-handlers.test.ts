import { beforeEach, describe, expect, it } from "vitest";
import { createStubAgent, type StubAgent } from "../../agent/local-channel/stub-agent.fixture.ts";
import type { SetupForm, TrayRole } from "../ipc-contract.ts";
import { makeWindowState } from "../model/window-state.factory.ts";
import { createTranslations } from "../model/translations.ts";
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
  role = "embedded-engine";
  happened = [];
  problem = "";
  const translations = await createTranslations("en", "en-GB");
  handlers = createIpcHandlers({
    connection: { agent: () => agent, role: () => role },
    states: {
      current: () => makeWindowState(),
      translations: () => translations,
      setLanguage: async (language) => void happened.push(["language", language]),
      setOpensAtLogin: async (opens) => void happened.push(["at login", opens]),
    },
    windows: {
      open: (name) => void happened.push(["open", name]),
      close: (name) => void happened.push(["close", name]),
      send: (push) => void happened.push(["send", push]),
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

describe("the requests of windows", () => {
  it("opens the log folder, and reports when it could not", async () => {
    expect(await handlers["open-log-folder"]("log")).toEqual({ kind: "done" });
    problem = "no program for it";
    expect(await handlers["open-log-folder"]("log")).toMatchObject({ kind: "refused", message: problem });
    expect(happened).toEqual([
      ["open path", "/home/agent/logs"],
      ["open path", "/home/agent/logs"],
    ]);
  });

  it("forwards acknowledgements to the agent, and has the inbox read again", async () => {
    await handlers["press-button"]("messages", ID, "Yes");
    await handlers.postpone("reboot", ID, 5);
    expect(agent?.requests).toEqual([
      ["acknowledge", ID, { what: "pressed", button: "Yes" }],
      ["postpone", ID, 5],
    ]);
    expect(happened).toEqual([["send", "messages-changed"]]);
  });

  it("are refused while no agent is reached, and reading fails", async () => {
    agent = null;
    expect(await handlers.pause("status", null)).toEqual({ kind: "refused", why: "failed", message: null });
    await expect((async () => handlers["read-hour"]("status"))()).rejects.toThrow("No agent is reached.");
    expect(await handlers["read-state"]("status")).toMatchObject({ role: "embedded-engine" });
  });

  it("cannot join or leave a server when a service runs the agent", async () => {
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
  ] as const)("enrols a device in the state %o again: %s", async (state, replaces) => {
    agent?.changeView({ state });
    await handlers.enrol("setup", form);
    expect(happened).toEqual([["enrol", replaces]]);
  });

  it("report that the status window was opened, and no other window", async () => {
    await handlers["read-state"]("log");
    expect(happened).toEqual([]);
    await handlers["read-state"]("status");
    expect(happened).toEqual([["status-opened"]]);
  });

  it("closes only the window that sent the request", async () => {
    await handlers["close-window"]("record");
    expect(happened).toEqual([["close", "record"]]);
  });

  it("refreshes everything in another language", async () => {
    await handlers["set-language"]("setup", "de");
    expect(happened).toEqual([["language", "de"], ["changed"]]);
  });

  it("saves nothing when the user cancels the dialog", async () => {
    expect(await handlers["export-record"]("record", "csv")).toEqual({ kind: "cancelled" });
  });
});
