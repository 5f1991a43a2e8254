import type { EnrolmentAnswer, MachineIdentity } from "@muster/shared/contracts/enrolment.ts";
import type { FilePort } from "../../platform/ports.ts";
import type { ServerAddress } from "../../transport/server-address.ts";
import { messageOf } from "../log.ts";
import type { AgentHome } from "../state/agent-home.ts";
import { parseStored } from "../state/state-file.ts";

/** Who this device is to its server. Its existence is what "enrolled" means. */
export type DeviceIdentity = {
  version: 1;
  deviceId: string;
  credential: string;
  /** The organization, and the keys that sign its actions, pinned at enrolment. */
  organization: EnrolmentAnswer["organization"];
  /** The machine that the credential is bound to. */
  machine: MachineIdentity;
  server: ServerAddress;
  /** File in the home folder with the device's private key. */
  keyFile: string;
  intervalS: number;
  enrolledAtMs: number;
};

export type StoredIdentity =
  | { kind: "enrolled"; identity: DeviceIdentity }
  | { kind: "absent" }
  | { kind: "unreadable"; reason: string };

export async function readIdentity(files: FilePort, home: AgentHome): Promise<StoredIdentity> {
  let text: string | null;
  try {
    text = await files.read(home.identity);
  } catch (error) {
    return { kind: "unreadable", reason: `${home.identity} cannot be read: ${messageOf(error)}` };
  }
  if (text === null) return { kind: "absent" };
  const identity = parseStored(text, isIdentity);
  return identity
    ? { kind: "enrolled", identity }
    : { kind: "unreadable", reason: `${home.identity} is damaged.` };
}

export function writeIdentity(files: FilePort, home: AgentHome, identity: DeviceIdentity): Promise<void> {
  return files.replace(home.identity, `${JSON.stringify(identity, null, 2)}\n`, { sync: true });
}

function isIdentity({ version, credential, server, machine }: DeviceIdentity): boolean {
  return version === 1 && credential !== "" && server.url !== "" && machine.machineId !== "";
}
