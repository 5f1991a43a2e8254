import type { Acknowledgement, RequestOutcome } from "@muster/shared/contracts/local-agent.ts";
import type { Clipboard, Dialog, Shell } from "electron";
import type { LocalAgent } from "../../agent/local-agent.ts";
import { exportRecord } from "./export-record.ts";
import type { AgentLink } from "./agent-link.ts";
import type { JoinServer } from "./join-server.ts";
import type { IpcHandlers } from "./register-ipc.ts";
import type { WindowStates } from "./window-state.ts";
import type { Windows } from "./windows.ts";

type Deps = {
  link: Pick<AgentLink, "agent" | "role">;
  states: WindowStates;
  windows: Pick<Windows, "open" | "close" | "tell">;
  joining: JoinServer;
  clipboard: Pick<Clipboard, "writeText">;
  dialog: Pick<Dialog, "showSaveDialog">;
  shell: Pick<Shell, "openPath">;
  logFolder: string;
  documents: string;
  /** To be called when a person has the status before their eyes. */
  statusOpened: () => void;
  /** To be called after a change that no agent tells. */
  changed: () => void;
};

const NOT_REACHED: RequestOutcome = { kind: "refused", why: "failed", message: null };
const BY_SERVICE = "the service of this machine joins and leaves: its administrator does that";

/** What windows may ask, each a call of one thing. Reading rejects while no agent is reached; a wish is refused then. */
export function createIpcHandlers(deps: Deps): IpcHandlers {
  const { link, states, windows, joining } = deps;

  function agent(): LocalAgent {
    const reached = link.agent();
    if (!reached) throw new Error("no agent is reached");
    return reached;
  }

  async function wish(ask: (agent: LocalAgent) => Promise<RequestOutcome>): Promise<RequestOutcome> {
    const reached = link.agent();
    return reached ? ask(reached) : NOT_REACHED;
  }

  async function acknowledge(messageId: string, said: Acknowledgement): Promise<RequestOutcome> {
    const outcome = await wish((reached) => reached.acknowledge(messageId, said));
    windows.tell("messages-changed", null);
    return outcome;
  }

  const isOwn = () => link.role() === "own-engine";

  return {
    "read-state": (from) => {
      if (from === "status") deps.statusOpened();
      return states.current();
    },
    "read-hour": () => agent().readHour(),
    "read-messages": () => agent().readMessages(),
    "read-seen": () => agent().readDisclosedData(),
    "read-record": () => agent().readRecord(),
    "read-log": (_from, place) => agent().readLog(place),
    "export-record": async (_from, format) =>
      exportRecord(await agent().readRecord(), format, {
        dialog: deps.dialog,
        documents: deps.documents,
        words: states.words(),
      }),
    "open-log-folder": async () => {
      const problem = await deps.shell.openPath(deps.logFolder);
      return problem === "" ? { kind: "done" } : { ...NOT_REACHED, message: problem.slice(0, 500) };
    },
    "copy-text": async (_from, text) => {
      await deps.clipboard.writeText(text);
      return null;
    },
    "check-now": () => wish((reached) => reached.checkNow()),
    pause: (_from, forMs) => wish((reached) => reached.pause(forMs)),
    resume: () => wish((reached) => reached.resume()),
    "mark-read": (_from, messageId) => acknowledge(messageId, { what: "read" }),
    "press-button": (_from, messageId, button) => acknowledge(messageId, { what: "pressed", button }),
    postpone: (_from, actionId, toMs) => wish((reached) => reached.postpone(actionId, toMs)),
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

/** A copied or revoked device enrols anew, as another one; one that reports has to leave first. */
function isReplaced(agent: LocalAgent): boolean {
  const { kind } = agent.view().state;
  return kind === "copied-machine" || kind === "revoked";
}
