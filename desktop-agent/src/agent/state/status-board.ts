import type { Cancel, FilePort } from "../../platform/ports.ts";
import type { Reporting } from "../reporting/reporting.ts";
import type { AgentHome } from "./agent-home.ts";
import type { AgentState } from "./agent-state.ts";
import type { AgentStatus } from "./agent-status.ts";

/** The state of the agent, stored and announced after each change. */
export type StatusBoard = {
  state(): AgentState;
  enter(next: AgentState): void;
  /** Announces that something about the agent has changed. */
  changed(): void;
  status(): AgentStatus;
  subscribe(listener: () => void): Cancel;
  /** Resolves when the latest status is stored, or the disk did not accept it. */
  store(): Promise<void>;
};

type Deps = {
  files: FilePort;
  home: AgentHome;
  wallMs: () => number;
  pid: number;
  version: string;
  startedAtMs: number;
  reporting: () => Pick<Reporting, "mode" | "status"> | null;
  /** Called after each change, after the listeners. */
  observed: () => void;
};

export function createStatusBoard(deps: Deps): StatusBoard {
  const { files, home, pid, version, startedAtMs } = deps;
  const listeners = new Set<() => void>();
  const store = createStatusWriter(files, home, status);
  let state: AgentState = { kind: "starting" };

  function status(): AgentStatus {
    const reporting = deps.reporting()?.status();
    const writtenAtMs = deps.wallMs();
    return { pid, version, startedAtMs, writtenAtMs, state, ...(reporting ? { reporting } : {}) };
  }

  function changed(): void {
    const mode = deps.reporting()?.mode();
    if (mode?.kind === "sampling") state = { kind: "reporting" };
    if (mode?.kind === "paused" || mode?.kind === "revoked") state = mode;
    void store();
    for (const listener of listeners) listener();
    deps.observed();
  }

  return {
    state: () => state,
    enter(next) {
      state = next;
      changed();
    },
    changed,
    status,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    store,
  };
}

/** Changes during a write are stored together after it. */
function createStatusWriter(files: FilePort, home: AgentHome, current: () => AgentStatus) {
  let writing: Promise<void> | null = null;
  let isStale = false;

  async function write(): Promise<void> {
    while (isStale) {
      isStale = false;
      // The spool and the outbox have already logged that the disk is full.
      await files.replace(home.status, JSON.stringify(current()), { sync: false }).catch(() => undefined);
    }
    writing = null;
  }

  return function store(): Promise<void> {
    isStale = true;
    writing ??= write();
    return writing;
  };
}
