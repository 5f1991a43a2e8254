/** Files in documents that no clone has: the server and the agent write them on a machine. */
export const OUTSIDE_PATHS: ReadonlySet<string> = new Set([
  "muster.yaml",
  "muster.db",
  "master.key",
  "server.log",
  "server.1.log",
  "logs/server.log",
  "config.json",
  "identity.json",
  "outbox.json",
  "status.json",
  "policy.json",
  "inbox.json",
  "reboots.json",
  "untold-reads.json",
  "actions.jsonl",
  "run.lock",
]);
