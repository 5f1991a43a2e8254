import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";

// The fixed DER prefixes of RFC 8410; the key follows them.
const SEED_DER_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");
const PUBLIC_KEY_DER_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

/** Reads an Ed25519 seed of 32 bytes. */
export function readSeed(seed: Buffer): KeyObject {
  return createPrivateKey({ key: Buffer.concat([SEED_DER_PREFIX, seed]), format: "der", type: "pkcs8" });
}

/** Signs `message`. The signature has 64 bytes. */
export function signEd25519(message: Buffer, key: KeyObject): Buffer {
  return sign(null, message, key);
}

/**
 * True when the owner of `key` made `signature` of `message`; false for anything malformed. Runs in the thread pool, because it would
 * block the event loop for 100 us or more.
 */
export function verifyEd25519(message: Buffer, signature: Buffer, key: KeyObject): Promise<boolean> {
  return new Promise((resolve, reject) => {
    verify(null, message, key, signature, (error, isValid) => (error ? reject(error) : resolve(isValid)));
  });
}

/** Reads 32 bytes in base64url; null for anything else. */
export function readPublicKey(publicKey: string): KeyObject | null {
  const bytes = Buffer.from(publicKey, "base64url");
  if (bytes.length !== 32) return null;
  return createPublicKey({ key: Buffer.concat([PUBLIC_KEY_DER_PREFIX, bytes]), format: "der", type: "spki" });
}
