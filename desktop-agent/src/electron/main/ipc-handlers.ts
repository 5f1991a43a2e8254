import type { Acknowledgement, RequestOutcome } from "@muster/shared/contracts/local-agent.ts";
import type { Clipboard, Dialog, Shell } from "electron";
import type { LocalAgent } from "../../agent/local-agent.ts";
import { exportRecord } from "./export-record.ts";
import type { AgentConnection } from "./agent-connection.ts";
import type { JoinServer } from "./join-server.ts";
import type { IpcHandlers } from "./register-ipc.ts";
import type { WindowStateStore } from "./window-state-store.ts";
import type { WindowController } from "./window-controller.ts";

type Deps = {
  connection: Pick<AgentConnection, "agent" | "role">;
  states: WindowStateStore;
  windows: Pick<WindowController, "open" | "close" | "send">;
  joining: JoinServer;
  clipboard: Pick<Clipboard, "writeText">;
  dialog: Pick<Dialog, "showSaveDialog">;
  shell: Pick<Shell, "openPath">;
  logFolder: string;
  documents: string;
  /** Call when the status window is opened. */
  statusOpened: () => void;
  /** Called after a change of the settings, which no agent reports. */
  changed: () => void;
};

const NOT_REACHED: RequestOutcome = { kind: "refused", why: "failed", message: null };
const BY_SERVICE = "A service runs the agent on this computer. Its administrator joins and leaves servers.";

/** The handlers of all channels. While no agent is reached, reading rejects and a request is refused. */
export function createIpcHandlers(deps: Deps): IpcHandlers {
  const { connection, states, windows, joining } = deps;

  function agent(): LocalAgent {
    const reached = connection.agent();
    if (!reached) throw new Error("No agent is reached.");
    return reached;
  }

  async function request(ask: (agent: LocalAgent) => Promise<RequestOutcome>): Promise<RequestOutcome> {
    const reached = connection.agent();
    return reached ? ask(reached) : NOT_REACHED;
  }

  async function acknowledge(messageId: string, acknowledgement: Acknowledgement): Promise<RequestOutcome> {
    const outcome = await request((reached) => reached.acknowledge(messageId, acknowledgement));
    windows.send("messages-changed", null);
    return outcome;
  }

  const isOwn = () => connection.role() === "embedded-engine";

  return {
    "read-state": (from) => {
      if (from === "status") deps.statusOpened();
      return states.current();
    },
    "read-hour": () => agent().readHour(),
    "read-messages": () => agent().readMessages(),
    "read-disclosed-data": () => agent().readDisclosedData(),
    "read-record": () => agent().readRecord(),
    "read-log": (_from, position) => agent().readLog(position),
    "export-record": async (_from, format) =>
      exportRecord(await agent().readRecord(), format, {
        dialog: deps.dialog,
        documents: deps.documents,
        translations: states.translations(),
      }),
    "open-log-folder": async () => {
      const problem = await deps.shell.openPath(deps.logFolder);
      return problem === "" ? { kind: "done" } : { ...NOT_REACHED, message: problem.slice(0, 500) };
    },
    "copy-text": async (_from, text) => {
      await deps.clipboard.writeText(text);
      return null;
    },
    "check-now": () => request((reached) => reached.checkNow()),
    pause: (_from, forMs) => request((reached) => reached.pause(forMs)),
    resume: () => request((reached) => reached.resume()),
    "mark-read": (_from, messageId) => acknowledge(messageId, { what: "read" }),
    "press-button": (_from, messageId, button) => acknowledge(messageId, { what: "pressed", button }),
    "read-support": () => agent().readSupport(),
    "ask-for-help": (_from, text, diagnostics) => request((reached) => reached.askForHelp(text, diagnostics)),
    "reply-to-help": (_from, requestId, text) => request((reached) => reached.replyToHelp(requestId, text)),
    "close-help": (_from, requestId) => request((reached) => reached.closeHelp(requestId)),
    "mark-help-read": (_from, requestId) => request((reached) => reached.markHelpRead(requestId)),
    postpone: (_from, actionId, toMs) => request((reached) => reached.postpone(actionId, toMs)),
    "test-setup": (_from, form) => joining.test(form),
    enrol: async (_from, form) => {
      if (isOwn()) return joining.enrol(form, isReplaced(agent()));
      const problem = { code: "other" as const, detail: BY_SERVICE };
      return { kind: "failed", steps: [{ step: "server", result: "failed", problem }] };
    },
    leave: async () => (isOwn() ? joining.leave() : { ...NOT_REACHED, message: BY_SERVICE }),
    "set-language": async (_from, language) => {
      await states.setLanguage(language);
      deps.changed();
      return null;
    },
    "set-opens-at-login": async (_from, opens) => {
      await states.setOpensAtLogin(opens);
      deps.changed();
      return null;
    },
    "open-window": (_from, name) => {
      windows.open(name);
      return null;
    },
    "close-window": (from) => {
      windows.close(from);
      return null;
    },
  };
}

/** A copied or revoked device may enrol again as another device; a device that reports has to leave first. */
function isReplaced(agent: LocalAgent): boolean {
  const { kind } = agent.view().state;
  return kind === "copied-machine" || kind === "revoked";
}
