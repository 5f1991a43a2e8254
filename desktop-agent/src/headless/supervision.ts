import type { Environment } from "../agent-host/configuration.ts";

/** What a process has around it. */
export type Surroundings = {
  environment: Environment;
  pid: number;
  /** A launcher holds a channel to this process, and starts it again. */
  hasLauncher: boolean;
};

/**
 * Whether something starts the agent again when it ends with the code for it. systemd names the process that it started itself: its
 * other variables are inherited by every terminal of a desktop. launchd names its job, and "0" outside of one.
 */
export function isSupervised({ environment, pid, hasLauncher }: Surroundings): boolean {
  if (hasLauncher) return true;
  const { INVOCATION_ID, SYSTEMD_EXEC_PID, XPC_SERVICE_NAME, MUSTER_AGENT_SERVICE } = environment;
  if (INVOCATION_ID && SYSTEMD_EXEC_PID === String(pid)) return true;
  if (MUSTER_AGENT_SERVICE === "1") return true;
  return XPC_SERVICE_NAME !== undefined && XPC_SERVICE_NAME !== "" && XPC_SERVICE_NAME !== "0";
}
