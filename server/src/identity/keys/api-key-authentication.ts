import type { Role, Scope } from "@muster/shared/contracts/identity.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { ApiKeyCaller } from "../../platform/http/caller.ts";
import { createAuthenticationCache } from "../credentials/authentication-cache.ts";
import type { AuthEpochTracker } from "../credentials/auth-epoch-tracker.ts";
import type { LastUses } from "../credentials/last-uses.ts";
import { hashSecret, isSameHash } from "../secrets/secret.ts";
import { readScopes } from "./api-key.service.ts";
import { findApiKeyBySecret } from "./api-key.system-repository.ts";
import { readLimit } from "../customers/customer-limit.repository.ts";
import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";

type KnownKey = {
  id: string;
  orgId: string;
  name: string;
  role: Role;
  scopes: Scope[];
  customerIds: readonly string[] | null;
  expiresAt: number | null;
};

/** Finds the key of a secret; null when it is unknown, revoked or expired, or when its creator is no longer a member. */
export type AuthenticateApiKey = (secret: string, isRecheck?: boolean) => Promise<ApiKeyCaller | null>;

export function createApiKeyAuthentication(deps: {
  store: Store;
  clock: Clock;
  authEpoch: AuthEpochTracker;
  lastUses: LastUses;
}): AuthenticateApiKey {
  const { store, clock, authEpoch, lastUses } = deps;

  async function load(secretHash: string): Promise<KnownKey | null> {
    const row = await findApiKeyBySecret(store.read, secretHash);
    if (!row || !isSameHash(row.secret_hash, secretHash) || row.revoked_at !== null) return null;
    const role = row.creator_id === null ? row.fixed_role : row.creator_role;
    const scopes = scopesOf(row);
    // A key for legacy routes works only there.
    if (role === null || scopes.length === 0) return null;
    return {
      id: row.id,
      orgId: row.org_id,
      name: row.name,
      role,
      scopes,
      customerIds: await limitOf(store.read, row),
      expiresAt: row.expires_at,
    };
  }

  const cache = createAuthenticationCache({ authEpoch, clock, load });
  return async (secret, isRecheck = false) => {
    const key = await cache.find(hashSecret(secret));
    const now = clock.now();
    if (!key || (key.expiresAt !== null && key.expiresAt <= now)) return null;
    if (!isRecheck) lastUses.recordApiKey(key.id, now);
    const { id: keyId, expiresAt, ...rights } = key;
    return { kind: "api-key", keyId, ...rights, ...(expiresAt !== null && { expiresAt }) };
  };
}

/** A key reaches what its own limit and the one of its creator have in common. */
async function limitOf(
  db: Kysely<Tables>,
  key: Pick<Tables["api_keys"], "id" | "org_id" | "creator_id" | "is_limited"> & {
    is_creator_limited: 0 | 1 | null;
  },
): Promise<readonly string[] | null> {
  const own = key.is_limited === 1 ? await readLimit(db, key.org_id, key.id) : null;
  if (key.creator_id === null || key.is_creator_limited !== 1) return own;
  const ofCreator = await readLimit(db, key.org_id, key.creator_id);
  return own === null ? ofCreator : own.filter((customerId) => ofCreator.includes(customerId));
}

/** A key for metrics loses them with the right of its creator. The command line's keys have no creator and keep them. */
function scopesOf(row: {
  scopes: string;
  creator_id: string | null;
  is_creator_server_admin: 0 | 1 | null;
}): Scope[] {
  const mayReadMetrics = row.creator_id === null || row.is_creator_server_admin === 1;
  return readScopes(row).filter((scope) => scope !== "metrics" || mayReadMetrics);
}
