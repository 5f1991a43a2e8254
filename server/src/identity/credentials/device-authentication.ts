import type { Database as SqliteDatabase } from "better-sqlite3";
import type { ClientBase } from "pg";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import { MusterError } from "../../platform/errors.ts";
import type { DeviceCaller } from "../../platform/http/caller.ts";
import { hashSecret, isSameHash, isSecretOf } from "../secrets/secret.ts";
import type { AuthEpochTracker } from "./auth-epoch-tracker.ts";
import { createBoundedCache } from "./bounded-cache.ts";
import { createCredentialRechecks } from "./credential-rechecks.ts";
import { createDeviceCredentialCache, type KnownDevice } from "./device-credential-cache.ts";
import {
  findDeviceCredentialBySecret,
  readValidDeviceCredentials,
  readValidOnPostgres,
  readValidOnSqlite,
} from "./device-credential.system-repository.ts";

const MAX_KNOWN_DEVICES = 50_000;
const MAX_REJECTED_SECRETS = 2000;
const REJECTION_MS = 30_000;

export type DeviceAuthentication = {
  /**
   * Finds whose credential `bearer` is: synchronously when it is cached and no revocation was known half a second ago. Throws, or
   * rejects with, `unauthenticated`. The ingest path checks again with `recheck...` inside its transaction.
   */
  authenticateDevice(bearer: string): DeviceCaller | Promise<DeviceCaller>;
  /**
   * Returns which of `credentialIds` to reject, given the `auth_epoch` that the caller read in its transaction. Queries the database
   * only for those that were not checked at this epoch. Call it whenever a group commits.
   */
  recheckOnSqlite(
    writer: SqliteDatabase,
    epoch: number,
    credentialIds: readonly string[],
  ): ReadonlySet<string>;
  recheckOnPostgres(
    client: ClientBase,
    epoch: number,
    credentialIds: readonly string[],
  ): Promise<ReadonlySet<string>>;
};

/** Finds whose credential a secret is. Remembers devices that proved themselves, and for a short time secrets that it rejected. */
export function createDeviceAuthentication({
  store,
  clock,
  authEpoch,
}: {
  store: Store;
  clock: Clock;
  authEpoch: AuthEpochTracker;
}): DeviceAuthentication {
  const known = createDeviceCredentialCache(MAX_KNOWN_DEVICES);
  const rejectedUntil = createBoundedCache<number>(MAX_REJECTED_SECRETS);

  async function lookUp(bearer: string, secretHash: string): Promise<DeviceCaller> {
    if (!isSecretOf("device", bearer) || (rejectedUntil.get(secretHash) ?? 0) > clock.monotonic())
      throw rejection();
    // The epoch is read before the row: a revocation in between then makes the entry stale.
    const epoch = authEpoch.latest;
    const row = await findDeviceCredentialBySecret(store.read, secretHash);
    if (!row || !isSameHash(row.secret_hash, secretHash) || row.revoked_at !== null) {
      known.remove(secretHash);
      rejectedUntil.set(secretHash, clock.monotonic() + REJECTION_MS);
      throw rejection();
    }
    const caller: DeviceCaller = {
      kind: "device",
      orgId: row.org_id,
      deviceId: row.device_id,
      credentialId: row.id,
    };
    known.add({ caller, secretHash, epoch });
    return caller;
  }

  const rechecks = createCredentialRechecks({
    epoch: () => authEpoch.latest,
    readValid: (ids) => readValidDeviceCredentials(store.read, ids),
    applyCheck: known.applyCheck,
  });

  async function recheck({ caller }: KnownDevice): Promise<DeviceCaller> {
    if (await rechecks.isValid(caller.credentialId)) return caller;
    throw rejection();
  }

  function authenticateAt(epoch: number, bearer: string, secretHash: string) {
    const device = known.find(secretHash);
    if (!device) return lookUp(bearer, secretHash);
    return device.epoch >= epoch ? device.caller : recheck(device);
  }

  return {
    authenticateDevice(bearer) {
      const secretHash = hashSecret(bearer);
      const epoch = authEpoch.current();
      return typeof epoch === "number"
        ? authenticateAt(epoch, bearer, secretHash)
        : epoch.then((newest) => authenticateAt(newest, bearer, secretHash));
    },
    recheckOnSqlite(writer, epoch, credentialIds) {
      authEpoch.update(epoch);
      const stale = known.findStale(credentialIds, epoch);
      return stale.length === 0
        ? new Set()
        : known.applyCheck(stale, readValidOnSqlite(writer, stale), epoch);
    },
    async recheckOnPostgres(client, epoch, credentialIds) {
      authEpoch.update(epoch);
      const stale = known.findStale(credentialIds, epoch);
      if (stale.length === 0) return new Set();
      return known.applyCheck(stale, await readValidOnPostgres(client, stale), epoch);
    },
  };
}

function rejection(): MusterError {
  return new MusterError(
    "unauthenticated",
    "This device's credential is unknown or revoked. Enrol the device again.",
  );
}
