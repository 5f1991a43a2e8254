import { createHash, generateKeyPairSync } from "node:crypto";

/** Encrypts with the master key. `context` names the purpose and is needed again to decrypt. */
export type Seal = (secret: Buffer, context: string) => Buffer;

/** Decrypts the result of `Seal` for the same context. Throws for anything else. */
export type Unseal = (sealed: Buffer, context: string) => Buffer;

export type SigningKeyPair = {
  /** First 16 hexadecimal digits of the public key's SHA-256. */
  id: string;
  /** 32 bytes, base64url. */
  publicKey: string;
  /** The Ed25519 seed of 32 bytes, sealed. */
  sealedPrivateKey: Buffer;
};

/** Context for which a signing key of an organization is sealed. */
export function signingKeyContext(orgId: string, keyId: string): string {
  return `signing-key:${orgId}:${keyId}`;
}

/** Creates an Ed25519 key pair for an organization. The private key leaves this function only sealed. */
export function createSigningKeyPair(orgId: string, seal: Seal): SigningKeyPair {
  const { privateKey } = generateKeyPairSync("ed25519");
  const { x, d } = privateKey.export({ format: "jwk" });
  if (x === undefined || d === undefined)
    throw new Error("An Ed25519 key was exported without its public or private part.");
  const id = createHash("sha256").update(Buffer.from(x, "base64url")).digest("hex").slice(0, 16);
  return {
    id,
    publicKey: x,
    sealedPrivateKey: seal(Buffer.from(d, "base64url"), signingKeyContext(orgId, id)),
  };
}
