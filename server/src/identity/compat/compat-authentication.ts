import type { LegacyGrant, Role } from "@muster/shared/contracts/identity.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import { MusterError } from "../../platform/errors.ts";
import type { AuthenticateCompat, CompatCaller, CompatRight } from "../../platform/http/caller.ts";
import { createDecisionCache } from "../credentials/decision-cache.ts";
import type { EpochWatch } from "../credentials/epoch-watch.ts";
import type { LastUses } from "../credentials/last-uses.ts";
import type { ApiKeyRow } from "../keys/api-key.repository.ts";
import { readCompatGrants } from "../keys/api-key.service.ts";
import { findApiKeyBySecret } from "../keys/api-key.system-repository.ts";
import { hashSecret, isSameHash, isSecretOf } from "../secrets/secret.ts";
import { findKeyOfCompatSession } from "./compat-session.system-repository.ts";

type KnownKey = Pick<CompatCaller, "orgId" | "keyId" | "name" | "machineId"> & {
  grants: readonly LegacyGrant[];
  expiresAt: number;
  /** The one system that a sign-in is for; null for the key itself. */
  system: string | null;
};

/** Finds whose key, or whose sign-in by a key, a secret is. What was revoked anywhere is refused within half a second. */
export function createCompatAuthentication(deps: {
  store: Store;
  clock: Clock;
  watch: EpochWatch;
  uses: LastUses;
}): AuthenticateCompat {
  const { store, clock, watch, uses } = deps;

  async function loadKey(secretHash: string): Promise<KnownKey | null> {
    const row = await findApiKeyBySecret(store.read, secretHash);
    return row && isSameHash(row.secret_hash, secretHash) ? toKnown(row) : null;
  }

  async function loadSession(secretHash: string): Promise<KnownKey | null> {
    const row = await findKeyOfCompatSession(store.read, secretHash);
    if (!row || !isSameHash(row.session_hash, secretHash)) return null;
    const key = toKnown(row);
    if (!key) return null;
    const expiresAt = Math.min(key.expiresAt, row.session_expires_at);
    return { ...key, expiresAt, system: row.session_system };
  }

  const keys = createDecisionCache({ watch, clock, load: loadKey });
  const sessions = createDecisionCache({ watch, clock, load: loadSession });

  function find(secret: string): Promise<KnownKey | null> {
    if (isSecretOf("apiKey", secret)) return keys.find(hashSecret(secret));
    if (isSecretOf("compatSession", secret)) return sessions.find(hashSecret(secret));
    return Promise.resolve(null);
  }

  return async (system, secret) => {
    const key = await find(secret);
    const now = clock.now();
    const isUsable = key !== null && key.expiresAt > now && (key.system ?? system) === system;
    const rights = isUsable ? rightsOn(system, key.grants) : [];
    if (!key || rights.length === 0) {
      throw new MusterError("unauthenticated", "This key is unknown, over, revoked, or not for this system.");
    }
    uses.noteApiKey(key.keyId, now);
    const { orgId, keyId, name, machineId } = key;
    return { kind: "compat-key", orgId, keyId, name, system, rights, machineId };
  };
}

function toKnown(row: ApiKeyRow & { creator_role: Role | null }): KnownKey | null {
  const role = row.creator_id === null ? row.fixed_role : row.creator_role;
  const grants = readCompatGrants(row);
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

function rightsOn(system: string, grants: readonly LegacyGrant[]): CompatRight[] {
  const rights: readonly CompatRight[] = ["agent", "operator"];
  return rights.filter((right) => grants.some((grant) => grant === `${system}-${right}`));
}
