import type { FilePort } from "../../platform/ports.ts";
import type { AgentHome } from "./agent-home.ts";
import type { AgentState } from "./agent-state.ts";
import { stateReaderOf } from "./state-files.ts";
import type { SpoolStatus } from "../spool/spool.ts";

/** State of the connection to the server, by the last report. */
export type ServerContact = {
  isReached: boolean;
  /** Wall clock in epoch milliseconds; null before the first delivered report of this run. */
  lastDeliveredAtMs: number | null;
  /** Why the last report was not delivered, null when it was. */
  problem: string | null;
};

/** An open alarm, in English. */
export type StatusAlarm = {
  severity: string;
  title: string;
  openedAtMs: number;
  /** Who takes care of it; null for nobody. */
  takenBy: string | null;
};

/** What the agent shows of itself; stored after each change for `muster-agent status`. */
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
    /** Fields that the server is too old to know; it stores everything else. Absent in what an older agent wrote. */
    ignored?: string[];
    spool: SpoolStatus;
    /** Open alarms about this device, the worst first. Absent in what an older agent wrote. */
    alarms?: StatusAlarm[];
  };
};

export async function readStatus(files: FilePort, home: AgentHome): Promise<AgentStatus | null> {
  return stateReaderOf(files)<AgentStatus>(home.status, ({ state }) => typeof state.kind === "string");
}
