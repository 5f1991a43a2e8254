import type { MachineIdentity } from "@muster/shared/contracts/enrolment.ts";
import type { IdentityPort } from "../platform/ports.ts";
import { sha256 } from "./sha256.ts";

const DOMAIN = "muster machine identity v1";

/** What tells this machine from others, hashed, so that the raw ids never leave it. Rejects when the machine id cannot be read. */
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
