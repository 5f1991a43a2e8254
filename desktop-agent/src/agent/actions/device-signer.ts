import type { SignedStatement } from "@muster/shared/contracts/action-delivery.ts";
import type { FilePort } from "../../platform/ports.ts";

/** Signs what this device states about its actions. The same statement gives the same bytes each time. */
export type DeviceSigner = (said: object) => SignedStatement;

/** Reads the device's private key. Rejects when it is absent or damaged. */
export async function openDeviceSigner(files: FilePort, keyPath: string): Promise<DeviceSigner> {
  const pem = await files.read(keyPath);
  if (pem === null) throw new Error(`the device's key ${keyPath} is missing`);
  // Not by `import`, which makes every export of the module, WebCrypto's too: 1 MiB of memory.
  const { createPrivateKey, sign } = process.getBuiltinModule("node:crypto");
  const key = createPrivateKey(pem);
  return (said) => {
    const bytes = Buffer.from(JSON.stringify(said));
    return {
      statement: bytes.toString("base64url"),
      signature: sign(null, bytes, key).toString("base64url"),
    };
  };
}
