import type { FilePort } from "../../platform/ports.ts";
import type { AgentHome } from "../state/agent-home.ts";
import { removeDeviceKeys } from "./device-key.ts";

/**
 * Removes everything that makes this installation one device: credential, keys, numbering, waiting samples, actions, pause, log. The
 * identity goes first: an interruption leaves a device that is not enrolled, never one that reports with half of its state.
 * Configuration stays.
 */
export async function forgetDevice(files: FilePort, home: AgentHome): Promise<void> {
  await files.remove(home.identity);
  await removeDeviceKeys(files, home);
  const { actions, pause, hour, status, logs, enrolment } = home;
  for (const path of [actions, pause, hour, status, logs, enrolment]) await files.remove(path);
  await forgetOrganization(files, home);
}

/** Removes samples, messages and policy of the device that this machine was until now. */
export async function forgetOrganization(files: FilePort, home: AgentHome): Promise<void> {
  const { outbox, spool, policy, inbox, reboots, unsentReadReceipts, support } = home;
  for (const path of [outbox, spool, policy, inbox, reboots, unsentReadReceipts, support]) {
    await files.remove(path);
  }
}
