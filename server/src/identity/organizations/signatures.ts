import type { KeyObject } from "node:crypto";
import type { Store } from "../../platform/database/store.ts";
import { readPublicKey, readSeed, signEd25519, verifyEd25519 } from "../../platform/crypto/ed25519.ts";
import type { DeviceCaller } from "../../platform/http/caller.ts";
import { createBoundedCache } from "../credentials/bounded-cache.ts";
import { readDevicePublicKey } from "../credentials/device-credential.repository.ts";
import { signingKeyContext, type Unseal } from "./signing-key.ts";
import { readSigningKeys, type SigningKeyRow } from "./signing-key.repository.ts";

/** Ed25519 in both directions: an organization signs orders for its devices, and a device signs its statements. */
export type Signatures = {
  /** One signature of 64 bytes for each key that the organization uses, oldest key first. */
  signFor(orgId: string, message: Buffer): Promise<{ keyId: string; signature: Buffer }[]>;
  /** True when the signature was made with the key that this credential was enrolled with. */
  isSignedBy(device: DeviceCaller, message: Buffer, signature: Buffer): Promise<boolean>;
};

const MAX_CACHED_SIGNING_KEYS = 100;
const MAX_CACHED_DEVICE_KEYS = 2000;

/** Parsing a key costs more than using it, so parsed keys are cached. The database is asked each time which keys are valid. */
export function createSignatures({ store, unseal }: { store: Store; unseal: Unseal }): Signatures {
  const signingKeys = createBoundedCache<KeyObject>(MAX_CACHED_SIGNING_KEYS);
  const deviceKeys = createBoundedCache<KeyObject>(MAX_CACHED_DEVICE_KEYS);

  function signingKeyOf(orgId: string, { id, sealed_private_key }: SigningKeyRow): KeyObject {
    const context = signingKeyContext(orgId, id);
    const known = signingKeys.get(context);
    if (known) return known;
    const key = readSeed(unseal(sealed_private_key, context));
    signingKeys.set(context, key);
    return key;
  }

  function deviceKeyOf(publicKey: string): KeyObject | null {
    const known = deviceKeys.get(publicKey);
    if (known) return known;
    const key = readPublicKey(publicKey);
    if (key) deviceKeys.set(publicKey, key);
    return key;
  }

  return {
    async signFor(orgId, message) {
      const keys = await readSigningKeys(store.read, orgId);
      return keys.map((row) => ({
        keyId: row.id,
        signature: signEd25519(message, signingKeyOf(orgId, row)),
      }));
    },
    async isSignedBy({ orgId, credentialId }, message, signature) {
      const publicKey = await readDevicePublicKey(store.read, orgId, credentialId);
      const key = publicKey === undefined ? null : deviceKeyOf(publicKey);
      return key !== null && verifyEd25519(message, signature, key);
    },
  };
}
