import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import type { RequestOutcome } from "@muster/shared/contracts/local-agent.ts";
import type { LastWord } from "@muster/shared/contracts/report.ts";
import type { Collector } from "../collectors/collector.ts";
import type { MountExclusions } from "../collectors/mount-exclusions.ts";
import type { Cancel, Platform } from "../platform/ports.ts";
import type { ProxyFor } from "../transport/proxy.ts";
import type { connect } from "../transport/connect.ts";
import type { ActionSettings } from "./actions/device-actions.ts";
import type { AgentHome } from "./state/agent-home.ts";
import type { AgentStatus } from "./state/agent-status.ts";
import type { LocalAgent, LocalUser } from "./local-agent.ts";
import type { Log } from "./log.ts";

export type AgentDeps = {
  platform: Platform;
  collectors: readonly Collector[];
  /** The file systems that the collectors leave out; the server's part of it comes with the policy. */
  mountExclusions?: Pick<MountExclusions, "setServerMounts">;
  home: AgentHome;
  log: Log;
  random: () => number;
  pid: number;
  /** What the inventory says about the agent itself. */
  agent: Inventory["agent"];
  /** Seconds between reports that this machine's configuration demands, null: the server decides. */
  intervalS: number | null;
  actions: ActionSettings;
  /** Makes the client of the server that the device is enrolled with. */
  connect?: typeof connect;
  /** The proxy on the way to a server. */
  proxyFor?: ProxyFor;
};

/** The agent without a command line, a window or an operating system. */
export type Agent = {
  /** Reads what is stored and begins; from then on it follows the home folder (enrolment, pause) and the system's power. */
  start(): Promise<void>;
  /** Sends `word` as the last word, when there is one, within two seconds, and ends. */
  stop(word: LastWord | null): Promise<void>;
  /** As `stop`, permanently: another agent runs on this machine from now on, so what is under way here ends with this reason. */
  handOver(why: string): Promise<void>;
  /**
   * Pauses for `forMs`, null: until resumed; cut to what the organization allows, and refused where it allows none. Stored: it
   * survives a restart.
   */
  pause(forMs: number | null): Promise<RequestOutcome>;
  resume(): Promise<RequestOutcome>;
  status(): AgentStatus;
  /** Called after each change of the status. */
  subscribe(listener: () => void): Cancel;
  /** The agent for one local user. Several may be open; each is ended by its `close`. */
  openFor(person: LocalUser): Promise<LocalAgent>;
};
