import type { LegacyGrant, Role } from "@muster/shared/contracts/identity.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import { MusterError } from "../../platform/errors.ts";
import type { AuthenticateLegacyKey, LegacyKeyCaller, LegacyKeyRight } from "../../platform/http/caller.ts";
import { createAuthenticationCache } from "../credentials/authentication-cache.ts";
import type { AuthEpochTracker } from "../credentials/auth-epoch-tracker.ts";
import type { LastUses } from "../credentials/last-uses.ts";
import type { ApiKeyRow } from "../keys/api-key.repository.ts";
import { readLegacyGrants } from "../keys/api-key.service.ts";
import { findApiKeyBySecret } from "../keys/api-key.system-repository.ts";
import { hashSecret, isSameHash, isSecretOf } from "../secrets/secret.ts";
import { findKeyOfLegacySession } from "./legacy-session.system-repository.ts";

type KnownKey = Pick<LegacyKeyCaller, "orgId" | "keyId" | "name" | "machineId"> & {
  grants: readonly LegacyGrant[];
  expiresAt: number;
  /** The system that a session is for; null for the key itself. */
  system: string | null;
};

/** Finds the key that a secret belongs to, or the key whose session it is. A revoked key is rejected within half a second. */
export function createLegacyKeyAuthentication(deps: {
  store: Store;
  clock: Clock;
  authEpoch: AuthEpochTracker;
  lastUses: LastUses;
}): AuthenticateLegacyKey {
  const { store, clock, authEpoch, lastUses } = deps;

  async function loadKey(secretHash: string): Promise<KnownKey | null> {
    const row = await findApiKeyBySecret(store.read, secretHash);
    return row && isSameHash(row.secret_hash, secretHash) ? toKnownKey(row) : null;
  }

  async function loadSession(secretHash: string): Promise<KnownKey | null> {
    const row = await findKeyOfLegacySession(store.read, secretHash);
    if (!row || !isSameHash(row.session_hash, secretHash)) return null;
    const key = toKnownKey(row);
    if (!key) return null;
    const expiresAt = Math.min(key.expiresAt, row.session_expires_at);
    return { ...key, expiresAt, system: row.session_system };
  }

  const keys = createAuthenticationCache({ authEpoch, clock, load: loadKey });
  const sessions = createAuthenticationCache({ authEpoch, clock, load: loadSession });

  function find(secret: string): Promise<KnownKey | null> {
    if (isSecretOf("apiKey", secret)) return keys.find(hashSecret(secret));
    if (isSecretOf("legacySession", secret)) return sessions.find(hashSecret(secret));
    return Promise.resolve(null);
  }

  return async (system, secret) => {
    const key = await find(secret);
    const now = clock.now();
    const isUsable = key !== null && key.expiresAt > now && (key.system ?? system) === system;
    const rights = isUsable ? rightsOn(system, key.grants) : [];
    if (!key || rights.length === 0) {
      throw new MusterError(
        "unauthenticated",
        "This key is unknown, expired or revoked, or it is for another system.",
      );
    }
    lastUses.recordApiKey(key.keyId, now);
    const { orgId, keyId, name, machineId } = key;
    return { kind: "compat-key", orgId, keyId, name, system, rights, machineId };
  };
}

function toKnownKey(row: ApiKeyRow & { creator_role: Role | null }): KnownKey | null {
  const role = row.creator_id === null ? row.fixed_role : row.creator_role;
  const grants = readLegacyGrants(row);
  if (row.revoked_at !== null || role === null || grants.length === 0) return null;
  return {
    orgId: row.org_id,
    keyId: row.id,
    name: row.name,
    machineId: row.legacy_machine_id,
    grants,
    expiresAt: row.expires_at ?? Number.POSITIVE_INFINITY,
    system: null,
  };
}

function rightsOn(system: string, grants: readonly LegacyGrant[]): LegacyKeyRight[] {
  const rights: readonly LegacyKeyRight[] = ["agent", "operator"];
  return rights.filter((right) => grants.some((grant) => grant === `${system}-${right}`));
}
