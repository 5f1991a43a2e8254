import type { HelpDiagnostics } from "@muster/shared/contracts/device-support.ts";
import type { LocalView } from "@muster/shared/contracts/local-agent.ts";
import type { LocalAgent } from "../local-agent.ts";

const STARTED_AT_MS = Date.UTC(2027, 0, 4, 8);

/** A view of a machine that is not enrolled, as it is at the start. */
export const STUB_VIEW: LocalView = {
  agent: { version: "0.1.0", variant: "headless", startedAtMs: STARTED_AT_MS },
  hostname: "desk-01",
  state: { kind: "not-enrolled", reason: null },
  enrolled: null,
  contact: { isReached: false, lastDeliveredAtMs: null, problem: null },
  spooledSamples: 0,
  waitingActions: 0,
  latest: null,
  attention: { level: "none", reasons: [] },
  pause: { isAllowed: false, longestMs: null },
  unreadMessages: 0,
  unshownMessages: [],
  reboot: null,
  support: { revision: 0, alarms: [], unreadAnswers: [] },
};

const STUB_DIAGNOSTICS: HelpDiagnostics = {
  atMs: STARTED_AT_MS,
  agentVersion: "0.1.0",
  state: "not-enrolled",
  health: null,
  problem: null,
  diskPercent: null,
  diskMount: null,
  uptimeS: null,
};

export type StubAgent = LocalAgent & {
  /** Changes the view, and notifies the listeners. */
  changeView(change: Partial<LocalView>): void;
  /** Who listens to the view. */
  listeners(): number;
  /** The requests in order: the method's name and its arguments. */
  readonly requests: readonly unknown[][];
  closed(): number;
};

/** An agent that accepts every request and has no data. Single methods can be replaced. */
export function createStubAgent(own: Partial<LocalAgent> = {}): StubAgent {
  const listeners = new Set<() => void>();
  const requests: unknown[][] = [];
  let view = STUB_VIEW;
  let closed = 0;
  const record =
    (name: string) =>
    async (...args: unknown[]) => {
      requests.push([name, ...args]);
      return { kind: "done" as const };
    };
  return {
    view: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    readHour: async () => [],
    readMessages: async () => [],
    readDisclosedData: async () => ({ items: [], intervalS: 30, kept: null }),
    readRecord: async () => ({ actions: [], compared: { kind: "no", reason: "not enrolled" } }),
    readLog: async () => ({ run: "r1", text: "", fromByte: 0, toByte: 0, sizeBytes: 0 }),
    checkNow: record("check"),
    pause: record("pause"),
    resume: record("resume"),
    acknowledge: record("acknowledge"),
    postpone: record("postpone"),
    readSupport: async () => ({ contact: null, requests: [], diagnostics: STUB_DIAGNOSTICS }),
    askForHelp: record("ask"),
    replyToHelp: record("reply"),
    closeHelp: record("close"),
    markHelpRead: record("mark-read"),
    close: () => {
      closed += 1;
    },
    ...own,
    changeView(change) {
      view = { ...view, ...change };
      for (const listener of listeners) listener();
    },
    listeners: () => listeners.size,
    requests,
    closed: () => closed,
  };
}
