import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";

// The fixed heads of RFC 8410's encodings; what follows them is the key itself.
const SEED_HEAD = Buffer.from("302e020100300506032b657004220420", "hex");
const PUBLIC_HEAD = Buffer.from("302a300506032b6570032100", "hex");

/** Signs `message` by an Ed25519 seed of 32 bytes. The signature has 64 bytes. */
export function signEd25519(message: Buffer, seed: Buffer): Buffer {
  const key = createPrivateKey({ key: Buffer.concat([SEED_HEAD, seed]), format: "der", type: "pkcs8" });
  return sign(null, message, key);
}

/** True when `signature` is that of `message` by the owner of `publicKey` (32 bytes in base64url); false for anything malformed. */
export function verifyEd25519(message: Buffer, signature: Buffer, publicKey: string): boolean {
  const key = readPublicKey(publicKey);
  return key !== null && verify(null, message, key, signature);
}

function readPublicKey(publicKey: string): KeyObject | null {
  const bytes = Buffer.from(publicKey, "base64url");
  if (bytes.length !== 32) return null;
  return createPublicKey({ key: Buffer.concat([PUBLIC_HEAD, bytes]), format: "der", type: "spki" });
}
