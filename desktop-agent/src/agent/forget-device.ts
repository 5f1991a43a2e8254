import type { FilePort } from "../platform/ports.ts";
import type { AgentHome } from "./agent-home.ts";
import { removeDeviceKeys } from "./device-key.ts";

/**
 * Removes everything that makes this installation one device: credential, keys, numbering, waiting samples, actions, pause, log. The
 * identity goes first: an interruption leaves a device that says it is not enrolled, never one that reports half of itself.
 * Configuration stays.
 */
export async function forgetDevice(files: FilePort, home: AgentHome): Promise<void> {
  await files.remove(home.identity);
  await removeDeviceKeys(files, home);
  const { outbox, spool, actions, pause, status, logs } = home;
  for (const path of [outbox, spool, actions, pause, status, logs]) await files.remove(path);
}
