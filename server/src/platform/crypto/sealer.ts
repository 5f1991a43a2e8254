import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const CIPHER = "aes-256-gcm";
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts secrets that must be decrypted later. `context` names the purpose and the owner, as `purpose:owner:...`. Each purpose has
 * its own key, and a secret opens only with exactly the context that it was sealed with.
 */
export type Sealer = {
  /** Layout: version 1, 12 bytes of nonce, 16 bytes of tag, ciphertext. */
  seal(secret: Buffer, context: string): Buffer;
  /** Throws when `sealed` was changed, or was sealed for another context or under another master key. */
  open(sealed: Buffer, context: string): Buffer;
  /** A key of 32 bytes for `purpose`, which no sealed secret uses: to authenticate what the server hands out and takes back. */
  deriveKey(purpose: string): Buffer;
};

/** Uses AES-256-GCM with keys that HKDF-SHA256 derives from the master key of 32 bytes. */
export function createSealer(masterKey: Buffer): Sealer {
  const keys = new Map<string, Buffer>();

  function keyFor(context: string): Buffer {
    const purpose = context.split(":", 1)[0] ?? "";
    const known = keys.get(purpose);
    if (known) return known;
    const key = Buffer.from(hkdfSync("sha256", masterKey, "", `muster seal ${purpose}`, 32));
    keys.set(purpose, key);
    return key;
  }

  return {
    seal(secret, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, keyFor(context), nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(context));
      const text = Buffer.concat([cipher.update(secret), cipher.final()]);
      return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), text]);
    },
    open(sealed, context) {
      if (sealed.length < 1 + NONCE_BYTES + TAG_BYTES || sealed[0] !== VERSION) {
        throw new Error("The sealed value has an unknown format.");
      }
      const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
      const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
      const decipher = createDecipheriv(CIPHER, keyFor(context), nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(context));
      decipher.setAuthTag(tag);
      return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    },
    deriveKey: (purpose) => Buffer.from(hkdfSync("sha256", masterKey, "", `muster derive ${purpose}`, 32)),
  };
}
