import { join } from "node:path";
import type { MachineIdentity, ReturningEnrolment } from "@muster/shared/contracts/enrolment.ts";
import type { FilePort } from "../../platform/ports.ts";
import type { AgentHome } from "../state/agent-home.ts";
import { stateReaderOf } from "../state/state-files.ts";
import { type DeviceKey, makeDeviceKey } from "./device-key.ts";
import { isSameMachine } from "./machine-identity.ts";

/** What an enrolment without an answer was for. Its key is used again only for the very same. */
export type PendingEnrolment = {
  v: 1;
  server: string;
  /** SHA-256 of the token, base64url: the token itself is not stored. */
  tokenDigest: string;
  machine: MachineIdentity;
  publicKey: string;
  keyFile: string;
};

type Purpose = { server: string; token: string; machine: MachineIdentity };

/**
 * The key of this enrolment: that of an earlier try whose answer was lost, so that the server knows the device again, or a new one. It
 * is stored, with what it is for, before the request leaves.
 */
export async function keyForEnrolment(
  files: FilePort,
  home: AgentHome,
  { server, token, machine }: Purpose,
): Promise<DeviceKey> {
  const tokenDigest = digestOf(token);
  const pending = await stateReaderOf(files)<PendingEnrolment>(home.enrolment, isWhole);
  if (
    pending?.server === server &&
    pending.tokenDigest === tokenDigest &&
    // An image that was taken in between makes other machines: they are no devices that return.
    isSameMachine(pending.machine, machine) &&
    (await hasKey(files, home, pending.keyFile))
  )
    return { publicKey: pending.publicKey, fileName: pending.keyFile };
  const key = await makeDeviceKey(files, home);
  const made: PendingEnrolment = {
    v: 1,
    server,
    tokenDigest,
    machine,
    publicKey: key.publicKey,
    keyFile: key.fileName,
  };
  // A folder may be in its place.
  await files.remove(home.enrolment);
  await files.replace(home.enrolment, JSON.stringify(made), { sync: true });
  return key;
}

/** What the device signs: that the holder of this key asks this server, with this token, now. */
export function returningStatement(server: string, token: string, publicKey: string, at: number) {
  const said: ReturningEnrolment = { says: "enrol", server, tokenDigest: digestOf(token), publicKey, at };
  return said;
}

function digestOf(token: string): string {
  return process.getBuiltinModule("node:crypto").createHash("sha256").update(token).digest("base64url");
}

async function hasKey(files: FilePort, home: AgentHome, name: string): Promise<boolean> {
  const pem = await files.read(join(home.root, name)).catch(() => null);
  return pem?.includes("PRIVATE KEY") ?? false;
}

function isWhole({ v, server, tokenDigest, machine, publicKey, keyFile }: PendingEnrolment): boolean {
  const texts = [server, tokenDigest, machine.machineId, publicKey];
  return (
    v === 1 &&
    texts.every((text) => typeof text === "string") &&
    /^device-key-[0-9a-f]{16}\.pem$/.test(keyFile)
  );
}
