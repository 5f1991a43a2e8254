import type { Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { IdentityContext } from "../identity-context.ts";
import { hashSecret, makeSecret } from "../secrets/secret.ts";
import { raiseAuthEpoch } from "./auth-epoch.system-repository.ts";
import { createDeviceAuthentication, type DeviceAuthentication } from "./device-authentication.ts";
import {
  deleteDeviceCredentials,
  hasDeviceKey,
  insertDeviceCredential,
  markDeviceRevoked,
} from "./device-credential.repository.ts";
import type { AuthEpochTracker } from "./auth-epoch-tracker.ts";

type Device = { orgId: string; deviceId: string };

export type DeviceCredentials = DeviceAuthentication & {
  /** Creates the credential of a device and returns its secret, which is stored nowhere. `publicKey` is its Ed25519 key, base64url. */
  createForDevice(tx: Transaction<Tables>, device: Device & { publicKey: string }): Promise<string>;
  /** Whether a valid credential of the device was made for this key. */
  hasPublicKey(tx: Transaction<Tables>, device: Device & { publicKey: string }): Promise<boolean>;
  /** Revokes the device's credentials. The caller publishes `credential.changed` after the commit. */
  revokeDevice(tx: Transaction<Tables>, device: Device): Promise<void>;
  /** Deletes the device's credentials, when the device is purged. */
  purgeDevice(tx: Transaction<Tables>, device: Device): Promise<void>;
};

export function createDeviceCredentials(
  { store, clock, makeId }: IdentityContext,
  { authEpoch }: { authEpoch: AuthEpochTracker },
): DeviceCredentials {
  return {
    ...createDeviceAuthentication({ store, clock, authEpoch }),
    async createForDevice(tx, { orgId, deviceId, publicKey }) {
      const secret = makeSecret("device");
      await insertDeviceCredential(tx, {
        id: makeId(),
        org_id: orgId,
        device_id: deviceId,
        secret_hash: hashSecret(secret),
        public_key: publicKey,
        created_at: clock.now(),
        revoked_at: null,
      });
      return secret;
    },
    hasPublicKey: (tx, { orgId, deviceId, publicKey }) => hasDeviceKey(tx, orgId, deviceId, publicKey),
    async revokeDevice(tx, { orgId, deviceId }) {
      if ((await markDeviceRevoked(tx, orgId, deviceId, clock.now())) > 0) await raiseAuthEpoch(tx);
    },
    async purgeDevice(tx, { orgId, deviceId }) {
      await deleteDeviceCredentials(tx, orgId, deviceId);
      await raiseAuthEpoch(tx);
    },
  };
}
