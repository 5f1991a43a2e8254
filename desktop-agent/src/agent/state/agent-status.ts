import type { FilePort } from "../../platform/ports.ts";
import type { AgentHome } from "./agent-home.ts";
import type { AgentState } from "./agent-state.ts";
import { parseOwn } from "./state-file.ts";
import type { SpoolStatus } from "../spool/spool.ts";

/** How the connection to the server stands, by the last report. */
export type ServerContact = {
  isReached: boolean;
  /** Wall clock in epoch milliseconds; null before the first delivered report of this run. */
  lastDeliveredAtMs: number | null;
  /** Why the last report did not get through, null when it did. */
  problem: string | null;
};

/** The engine as it shows itself; stored after each change for `muster-agent status`. */
export type AgentStatus = {
  pid: number;
  version: string;
  startedAtMs: number;
  writtenAtMs: number;
  state: AgentState;
  /** Absent while nothing is reported. */
  reporting?: {
    deviceId: string;
    server: string;
    organization: string | null;
    intervalS: number;
    contact: ServerContact;
    lastSampleAtMs: number | null;
    waitingActions: number;
    /** Collectors that were skipped in the last sample. */
    skipped: { collector: string; reason: string }[];
    spool: SpoolStatus;
  };
};

export async function readStatus(files: FilePort, home: AgentHome): Promise<AgentStatus | null> {
  return parseOwn<AgentStatus>(await files.read(home.status), ({ state }) => typeof state.kind === "string");
}

/**
 * Stores the newest status; changes during a write are stored together after it. Resolves when the latest change is stored, or the
 * disk did not take it.
 */
export function createStatusWriter(files: FilePort, home: AgentHome, current: () => AgentStatus) {
  let writing: Promise<void> | null = null;
  let isStale = false;

  async function write(): Promise<void> {
    while (isStale) {
      isStale = false;
      // The spool and the outbox have said already that the disk is full.
      await files.replace(home.status, JSON.stringify(current()), { sync: false }).catch(() => undefined);
    }
    writing = null;
  }

  return function changed(): Promise<void> {
    isStale = true;
    writing ??= write();
    return writing;
  };
}
