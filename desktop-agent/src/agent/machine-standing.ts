import type { IdentityPort } from "../platform/ports.ts";
import type { AgentHome } from "./agent-home.ts";
import { type DeviceIdentity, readIdentity } from "./device-identity.ts";
import type { FilePort } from "../platform/ports.ts";
import { messageOf } from "./log.ts";
import { isSameMachine, readMachineIdentity } from "./machine-identity.ts";

/** What the stored identity is worth on this machine. */
export type MachineStanding =
  | { kind: "enrolled"; identity: DeviceIdentity }
  /** `reason` when a stored identity cannot be used. */
  | { kind: "not-enrolled"; reason: string | null }
  | { kind: "copied-machine" }
  /** What the machine is cannot be read now. */
  | { kind: "unidentified"; reason: string };

/** Holds the stored identity against the machine. @param current the credential that is in use: it was held against it before. */
export async function readStanding(
  files: FilePort,
  home: AgentHome,
  port: IdentityPort,
  current: string | undefined,
): Promise<MachineStanding> {
  const stored = await readIdentity(files, home);
  if (stored.kind !== "enrolled") {
    return { kind: "not-enrolled", reason: stored.kind === "unreadable" ? stored.reason : null };
  }
  const { identity } = stored;
  if (identity.credential === current) return { kind: "enrolled", identity };
  try {
    const machine = await readMachineIdentity(port);
    return isSameMachine(identity.machine, machine)
      ? { kind: "enrolled", identity }
      : { kind: "copied-machine" };
  } catch (error) {
    return { kind: "unidentified", reason: messageOf(error) };
  }
}
