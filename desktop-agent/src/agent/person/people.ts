import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import type { WishOutcome } from "@muster/shared/contracts/local-agent.ts";
import type { AgentPolicy } from "@muster/shared/contracts/report.ts";
import type { Platform } from "../../platform/ports.ts";
import type { AgentHome } from "../agent-home.ts";
import type { AgentStatus } from "../agent-status.ts";
import type { LocalAgent, LocalPerson } from "../local-agent.ts";
import type { Log } from "../log.ts";
import type { Observations } from "../observations.ts";

/** The people in front of this machine, and what was said to them. */
export type People = {
  openFor(person: LocalPerson): LocalAgent;
  /** Something about the agent or the machine has changed. */
  refresh(): void;
};

/** What the engine gives the people in front of it. */
export type PeopleDeps = {
  platform: Platform;
  home: AgentHome;
  log: Log;
  logPath: string;
  agent: Inventory["agent"];
  startedAtMs: number;
  bootId: () => string;
  status: () => AgentStatus;
  observations: Observations;
  policy: () => AgentPolicy | null;
  /** Takes a sample and reports it at once. False when nothing is sampled now. */
  sampleNow: () => Promise<boolean>;
  pause: (forMs: number | null) => Promise<WishOutcome>;
  resume: () => Promise<WishOutcome>;
};
