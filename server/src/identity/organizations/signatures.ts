import type { Store } from "../../platform/database/store.ts";
import { signEd25519, verifyEd25519 } from "../../platform/crypto/ed25519.ts";
import type { DeviceCaller } from "../../platform/http/caller.ts";
import { readDevicePublicKey } from "../credentials/device-credential.repository.ts";
import { signingKeyContext, type Unseal } from "./signing-key.ts";
import { readSigningKeys } from "./signing-key.repository.ts";

/** Ed25519 in both directions: an organization signs for its devices, and a device signs what it states. */
export type Signatures = {
  /** One signature of 64 bytes for each key that the organization uses, oldest key first. */
  signFor(orgId: string, message: Buffer): Promise<{ keyId: string; signature: Buffer }[]>;
  /** True when the key that this very credential was enrolled with made the signature. */
  isBy(device: DeviceCaller, message: Buffer, signature: Buffer): Promise<boolean>;
};

export function createSignatures({ store, unseal }: { store: Store; unseal: Unseal }): Signatures {
  return {
    async signFor(orgId, message) {
      const keys = await readSigningKeys(store.read, orgId);
      return keys.map(({ id, sealed_private_key }) => ({
        keyId: id,
        signature: signEd25519(message, unseal(sealed_private_key, signingKeyContext(orgId, id))),
      }));
    },
    async isBy({ orgId, credentialId }, message, signature) {
      const publicKey = await readDevicePublicKey(store.read, orgId, credentialId);
      return publicKey !== undefined && verifyEd25519(message, signature, publicKey);
    },
  };
}
