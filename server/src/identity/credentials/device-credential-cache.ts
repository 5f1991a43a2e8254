import type { DeviceCaller } from "../../platform/http/caller.ts";
import { createBoundedCache } from "./bounded-cache.ts";

/** An authenticated device. `epoch` is the latest `auth_epoch` at which its credential was valid. */
export type KnownDevice = { caller: DeviceCaller; secretHash: string; epoch: number };

/** Recently authenticated devices, by the hash of their secret and by the id of their credential. */
export type DeviceCredentialCache = {
  find(secretHash: string): KnownDevice | undefined;
  add(device: KnownDevice): void;
  remove(secretHash: string): void;
  /** Those of `credentialIds` that were not checked at `epoch` or later. */
  findStale(credentialIds: readonly string[], epoch: number): string[];
  /** Stores the result of a check of `asked` at `epoch`. Returns those that are not valid. */
  applyCheck(asked: readonly string[], valid: readonly string[], epoch: number): ReadonlySet<string>;
};

export function createDeviceCredentialCache(max: number): DeviceCredentialCache {
  const bySecret = createBoundedCache<KnownDevice>(max);
  const byCredential = createBoundedCache<KnownDevice>(max);

  function forget(device: KnownDevice): void {
    bySecret.delete(device.secretHash);
    byCredential.delete(device.caller.credentialId);
  }

  return {
    find: (secretHash) => bySecret.get(secretHash),
    add(device) {
      bySecret.set(device.secretHash, device);
      byCredential.set(device.caller.credentialId, device);
    },
    remove(secretHash) {
      const device = bySecret.get(secretHash);
      if (device) forget(device);
    },
    findStale: (credentialIds, epoch) =>
      credentialIds.filter((id) => (byCredential.get(id)?.epoch ?? Number.NEGATIVE_INFINITY) < epoch),
    applyCheck(asked, valid, epoch) {
      const revoked = new Set(asked);
      for (const id of valid) revoked.delete(id);
      for (const id of asked) {
        const device = byCredential.get(id);
        if (!device) continue;
        if (revoked.has(id)) forget(device);
        else device.epoch = Math.max(device.epoch, epoch);
      }
      return revoked;
    },
  };
}
