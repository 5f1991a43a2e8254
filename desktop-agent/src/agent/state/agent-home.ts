import { join } from "node:path";

/** Every path that the agent uses, all below one private folder. */
export type AgentHome = {
  root: string;
  config: string;
  identity: string;
  machineId: string;
  /** An enrolment that has no answer yet. */
  enrolment: string;
  pause: string;
  policy: string;
  hour: string;
  inbox: string;
  reboots: string;
  unsentReadReceipts: string;
  /** Alarms and help requests: what the server said, and what it has not received yet. */
  support: string;
  outbox: string;
  actions: string;
  status: string;
  lock: string;
  spool: string;
  logs: string;
};

export function createAgentHome(root: string): AgentHome {
  return {
    root,
    config: join(root, "config.json"),
    identity: join(root, "identity.json"),
    machineId: join(root, "machine-id"),
    enrolment: join(root, "enrolment.json"),
    pause: join(root, "pause.json"),
    policy: join(root, "policy.json"),
    hour: join(root, "hour.json"),
    inbox: join(root, "inbox.json"),
    reboots: join(root, "reboots.json"),
    unsentReadReceipts: join(root, "untold-reads.json"),
    support: join(root, "support.json"),
    outbox: join(root, "outbox.json"),
    actions: join(root, "actions.jsonl"),
    status: join(root, "status.json"),
    lock: join(root, "run.lock"),
    spool: join(root, "spool"),
    logs: join(root, "logs"),
  };
}
