import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import type { RequestOutcome } from "@muster/shared/contracts/local-agent.ts";
import type { AgentPolicy } from "@muster/shared/contracts/report.ts";
import type { Platform } from "../../platform/ports.ts";
import type { RecordOutcome } from "../../transport/action-client.ts";
import type { AtFaultPoint } from "../actions/fault-points.ts";
import type { JournalEntry } from "../actions/journal-entry.ts";
import type { Support } from "../support/open-support.ts";
import type { AgentHome } from "../state/agent-home.ts";
import type { StateFiles } from "../state/state-files.ts";
import type { AgentStatus } from "../state/agent-status.ts";
import type { LocalAgent, LocalUser } from "../local-agent.ts";
import type { Log } from "../log.ts";
import type { Observations } from "../collecting/observations.ts";
import type { ChangeSignal } from "./change-signal.ts";
import type { NewMessage } from "./inbox.ts";
import type { Delivery, MessageJob } from "./message-job.ts";
import type { PlannedReboots } from "./planned-reboots.ts";

/** The local users, their messages and the reboots planned for this machine. */
export type LocalUsers = {
  openFor(person: LocalUser): LocalAgent;
  /** Something about the agent or the machine has changed. */
  refresh(): void;
  /** The machine woke up: what was to happen while it slept is looked at again. */
  wake(): void;
  /** The identity changed: what was stored for the earlier one was removed. */
  reload(): Promise<void>;
  /** Nothing is shown or planned from now on: no later run continues. */
  handOver(): Promise<void>;
  /** Users whose tray is open. */
  users(): string[];
  changes: ChangeSignal;
  reboots: PlannedReboots;
  deliver(message: NewMessage, job: MessageJob): Promise<Delivery>;
  /** Takes up a message that an earlier run began to show. */
  resumeMessage(id: string, job: MessageJob): Promise<Delivery>;
};

/** The local users, loaded when they are first needed: a headless agent without users never loads the code. */
export type LazyLocalUsers = {
  /** Loads them the first time. */
  load(): Promise<LocalUsers>;
  /** Null while they are not loaded. */
  loaded(): LocalUsers | null;
};

/** What this device and its server have on record about the device's actions. */
export type ActionRecords = {
  /** Oldest first. */
  journal(): JournalEntry[];
  fetchRecord(): Promise<RecordOutcome>;
};

/** What the agent provides for local users. */
export type LocalUsersDeps = {
  platform: Platform;
  files: StateFiles;
  home: AgentHome;
  log: Log;
  logPath: string;
  agent: Inventory["agent"];
  startedAtMs: number;
  bootId: () => string;
  status: () => AgentStatus;
  observations: Observations;
  policy: () => AgentPolicy | null;
  /** What is on record about the actions of this device; null while nothing is reported. */
  records: () => ActionRecords | null;
  /** Alarms and help requests; null while the device is not enrolled. */
  support: () => Support | null;
  /** A user has read a message: reports it to the server, now or later. */
  reportRead: (id: string, user: string) => void;
  /** Takes a sample and reports it immediately. False when nothing is sampled now. */
  sampleNow: () => Promise<boolean>;
  pause: (forMs: number | null) => Promise<RequestOutcome>;
  resume: () => Promise<RequestOutcome>;
  at: AtFaultPoint;
};
