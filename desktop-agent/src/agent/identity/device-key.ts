import { generateKeyPairSync } from "node:crypto";
import { join } from "node:path";
import type { FilePort } from "../../platform/ports.ts";
import type { AgentHome } from "../state/agent-home.ts";
import { sha256 } from "../content-hash.ts";

export type DeviceKey = {
  /** Ed25519, 32 bytes, base64url. */
  publicKey: string;
  /** Name of the private key's file in the home folder. */
  fileName: string;
};

const NAME = /^device-key-[0-9a-f]{16}\.pem$/;

/** Makes the device's key pair; the private key is stored before the public one is sent. */
export async function makeDeviceKey(files: FilePort, home: AgentHome): Promise<DeviceKey> {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const { x = "" } = publicKey.export({ format: "jwk" });
  const fileName = `device-key-${sha256(x).slice(0, 16)}.pem`;
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  await files.replace(join(home.root, fileName), pem, { sync: true });
  return { publicKey: x, fileName };
}

/** Removes every device key but the one named; all of them when none is. */
export async function removeDeviceKeys(files: FilePort, home: AgentHome, except?: string): Promise<void> {
  for (const { name } of await files.list(home.root)) {
    if (NAME.test(name) && name !== except) await files.remove(join(home.root, name));
  }
}
