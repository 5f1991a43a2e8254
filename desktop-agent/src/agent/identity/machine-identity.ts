import type { MachineIdentity } from "@muster/shared/contracts/enrolment.ts";
import { sha256 } from "../content-hash.ts";
import { type DeviceIdentity, readIdentity } from "./device-identity.ts";
import { messageOf } from "../log.ts";
import type { AgentHome } from "../state/agent-home.ts";
import type { FilePort, IdentityPort } from "../../platform/ports.ts";

const DOMAIN = "muster machine identity v1";

/** Identifies this machine by hashes, so that the raw ids never leave it. Rejects when the machine id cannot be read. */
export async function readMachineIdentity(port: IdentityPort): Promise<MachineIdentity> {
  const [machineId, hypervisorUuid] = await Promise.all([port.machineId(), port.hypervisorUuid()]);
  return {
    machineId: hash("machine id", machineId),
    hypervisorUuid: hypervisorUuid === null ? null : hash("hypervisor uuid", hypervisorUuid),
  };
}

/**
 * Whether `now` is the machine that `bound` was enrolled as. A hypervisor UUID that could be read only on one of the two
 * occasions (the agent ran with other rights) says nothing.
 */
export function isSameMachine(bound: MachineIdentity, now: MachineIdentity): boolean {
  if (bound.machineId !== now.machineId) return false;
  if (bound.hypervisorUuid === null || now.hypervisorUuid === null) return true;
  return bound.hypervisorUuid === now.hypervisorUuid;
}

function hash(kind: string, value: string): string {
  return sha256(`${DOMAIN}\0${kind}\0${value.trim().toLowerCase()}`);
}

/** Whether the stored identity is valid on this machine. */
type IdentityCheck =
  | { kind: "enrolled"; identity: DeviceIdentity }
  /** `reason` when a stored identity cannot be used. */
  | { kind: "not-enrolled"; reason: string | null }
  | { kind: "copied-machine" }
  /** What the machine is cannot be read now. */
  | { kind: "unidentified"; reason: string };

/** Compares the stored identity with the machine. @param current the credential in use, which was compared before */
export async function checkIdentity(
  files: FilePort,
  home: AgentHome,
  port: IdentityPort,
  current: string | undefined,
): Promise<IdentityCheck> {
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
