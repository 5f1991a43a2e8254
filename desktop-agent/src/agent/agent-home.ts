import { join } from "node:path";

/** Every path that the agent uses, all below one private folder. */
export type AgentHome = {
  root: string;
  config: string;
  identity: string;
  pause: string;
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
    pause: join(root, "pause.json"),
    outbox: join(root, "outbox.json"),
    actions: join(root, "actions.jsonl"),
    status: join(root, "status.json"),
    lock: join(root, "run.lock"),
    spool: join(root, "spool"),
    logs: join(root, "logs"),
  };
}
