import type { Database as SqliteDatabase } from "better-sqlite3";
import type { Transaction } from "kysely";
import type { ClientBase } from "pg";
import type { Tables } from "../../platform/database/tables.ts";
import { MusterError } from "../../platform/errors.ts";
import type { DeviceCaller } from "../../platform/http/caller.ts";
import type { IdentityContext } from "../identity-context.ts";
import { hashSecret, isSameHash, isSecretOf, makeSecret } from "../secrets/secret.ts";
import { raiseAuthEpoch } from "./auth-epoch.system-repository.ts";
import { createBoundedCache } from "./bounded-cache.ts";
import {
  deleteDeviceCredentials,
  insertDeviceCredential,
  markDeviceRevoked,
} from "./device-credential.repository.ts";
import {
  findDeviceCredentialBySecret,
  readValidDeviceCredentials,
  readValidOnPostgres,
  readValidOnSqlite,
} from "./device-credential.system-repository.ts";
import { createCredentialRechecks } from "./credential-rechecks.ts";
import { createDeviceCredentialCache, type KnownDevice } from "./device-credential-cache.ts";
import type { AuthEpochTracker } from "./auth-epoch-tracker.ts";

const MAX_KNOWN_DEVICES = 50_000;
const MAX_REJECTED_SECRETS = 2000;
const REJECTION_MS = 30_000;

type Device = { orgId: string; deviceId: string };

export type DeviceCredentials = {
  /**
   * Finds whose credential `bearer` is: at once when it is known and was not revoked as far as anybody knew half a second ago.
   * Throws, or rejects with, `unauthenticated`. The ingest path makes sure with `recheck...` inside its transaction.
   */
  authenticateDevice(bearer: string): DeviceCaller | Promise<DeviceCaller>;
  /**
   * Which of `credentialIds` must be refused, given the `auth_epoch` that the caller read in its transaction. Asks the database
   * only about those that were not checked at this epoch; to be called whenever a group commits.
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
  /** Gives a device its credential and returns the secret, which is nowhere else. `publicKey` is its Ed25519 key, base64url. */
  createForDevice(tx: Transaction<Tables>, device: Device & { publicKey: string }): Promise<string>;
  /** Ends the device's credentials. The caller publishes `credential.changed` after the commit. */
  revokeDevice(tx: Transaction<Tables>, device: Device): Promise<void>;
  /** Removes what is left of the device's credentials, for a purge. */
  purgeDevice(tx: Transaction<Tables>, device: Device): Promise<void>;
};

export function createDeviceCredentials(
  { store, clock, makeId }: IdentityContext,
  { watch }: { watch: AuthEpochTracker },
): DeviceCredentials {
  const known = createDeviceCredentialCache(MAX_KNOWN_DEVICES);
  const refusedUntil = createBoundedCache<number>(MAX_REJECTED_SECRETS);

  function refusal(): MusterError {
    return new MusterError(
      "unauthenticated",
      "This device's credential is unknown or revoked. Enrol it again.",
    );
  }

  async function lookUp(bearer: string, secretHash: string): Promise<DeviceCaller> {
    if (!isSecretOf("device", bearer) || (refusedUntil.get(secretHash) ?? 0) > clock.monotonic())
      throw refusal();
    // Known before the row is read: a revocation in between then makes the entry doubtful.
    const epoch = watch.latest;
    const row = await findDeviceCredentialBySecret(store.read, secretHash);
    if (!row || !isSameHash(row.secret_hash, secretHash) || row.revoked_at !== null) {
      known.remove(secretHash);
      refusedUntil.set(secretHash, clock.monotonic() + REJECTION_MS);
      throw refusal();
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
    epoch: () => watch.latest,
    readValid: (ids) => readValidDeviceCredentials(store.read, ids),
    settle: known.applyCheck,
  });

  async function recheck({ caller }: KnownDevice): Promise<DeviceCaller> {
    if (await rechecks.isValid(caller.credentialId)) return caller;
    throw refusal();
  }

  function knownAt(epoch: number, bearer: string, secretHash: string): DeviceCaller | Promise<DeviceCaller> {
    const device = known.find(secretHash);
    if (!device) return lookUp(bearer, secretHash);
    return device.epoch >= epoch ? device.caller : recheck(device);
  }

  return {
    authenticateDevice(bearer) {
      const secretHash = hashSecret(bearer);
      const epoch = watch.current();
      return typeof epoch === "number"
        ? knownAt(epoch, bearer, secretHash)
        : epoch.then((newest) => knownAt(newest, bearer, secretHash));
    },
    recheckOnSqlite(writer, epoch, credentialIds) {
      watch.update(epoch);
      const doubtful = known.findStale(credentialIds, epoch);
      return doubtful.length === 0
        ? new Set()
        : known.applyCheck(doubtful, readValidOnSqlite(writer, doubtful), epoch);
    },
    async recheckOnPostgres(client, epoch, credentialIds) {
      watch.update(epoch);
      const doubtful = known.findStale(credentialIds, epoch);
      if (doubtful.length === 0) return new Set();
      return known.applyCheck(doubtful, await readValidOnPostgres(client, doubtful), epoch);
    },
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
    async revokeDevice(tx, { orgId, deviceId }) {
      if ((await markDeviceRevoked(tx, orgId, deviceId, clock.now())) > 0) await raiseAuthEpoch(tx);
    },
    async purgeDevice(tx, { orgId, deviceId }) {
      await deleteDeviceCredentials(tx, orgId, deviceId);
      await raiseAuthEpoch(tx);
    },
  };
}
