import type { Role } from "@muster/shared/contracts/identity.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import { MusterError } from "../../platform/errors.ts";
import type { UserCaller } from "../../platform/http/caller.ts";
import { createAuthenticationCache } from "../credentials/authentication-cache.ts";
import type { AuthEpochTracker } from "../credentials/auth-epoch-tracker.ts";
import type { LastUses } from "../credentials/last-uses.ts";
import { listMembershipsOf } from "../users/user.system-repository.ts";
import { hashSecret, isSameHash } from "../secrets/secret.ts";
import { findSession } from "./session.system-repository.ts";
import { sessionExpiryOf } from "./session-rules.ts";
import { readLimit } from "../customers/customer-limit.repository.ts";

type Rights = { role: Role; customerIds: readonly string[] | null };

type KnownSession = {
  id: string;
  userId: string;
  name: string;
  /** The organization that was used last. */
  orgId: string;
  memberships: ReadonlyMap<string, Rights>;
  createdAt: number;
  lastUsedAt: number;
};

/**
 * Finds the user of a session in the selected organization; null when the session is unknown or has ended. Throws `forbidden` for
 * an organization that the user does not belong to, whether it exists or not. A recheck is no use of the session.
 */
export type AuthenticateSession = (
  secret: string,
  organizationId: string | null,
  isRecheck?: boolean,
) => Promise<UserCaller | null>;

export function createSessionAuthentication(deps: {
  store: Store;
  clock: Clock;
  authEpoch: AuthEpochTracker;
  lastUses: LastUses;
}): AuthenticateSession {
  const { store, clock, authEpoch, lastUses } = deps;

  async function load(secretHash: string): Promise<KnownSession | null> {
    const row = await findSession(store.read, secretHash);
    if (!row || !isSameHash(row.secret_hash, secretHash)) return null;
    const memberships = new Map<string, Rights>();
    for (const { orgId, role, isLimited } of await listMembershipsOf(store.read, row.user_id)) {
      const customerIds = isLimited === 1 ? await readLimit(store.read, orgId, row.user_id) : null;
      memberships.set(orgId, { role, customerIds });
    }
    return {
      id: row.id,
      userId: row.user_id,
      name: row.user_name,
      orgId: row.org_id,
      memberships,
      createdAt: row.created_at,
      lastUsedAt: row.last_used_at,
    };
  }

  const cache = createAuthenticationCache({ authEpoch, clock, load });
  return async (secret, organizationId, isRecheck = false) => {
    const session = await cache.find(hashSecret(secret));
    const now = clock.now();
    if (!session || sessionExpiryOf(session) <= now) return null;
    const orgId = organizationId ?? defaultOrganizationOf(session);
    const rights = orgId === undefined ? undefined : session.memberships.get(orgId);
    if (orgId === undefined || rights === undefined) {
      throw new MusterError("forbidden", "You are not a member of this organization.");
    }
    if (!isRecheck) {
      session.lastUsedAt = now;
      session.orgId = orgId;
      lastUses.recordSession(session.id, orgId, now);
    }
    const { id: sessionId, userId, name } = session;
    return { kind: "user", orgId, userId, sessionId, name, ...rights, expiresAt: sessionExpiryOf(session) };
  };
}

/** The organization that the user used last, or else their first one. */
function defaultOrganizationOf({ orgId, memberships }: KnownSession): string | undefined {
  return memberships.has(orgId) ? orgId : memberships.keys().next().value;
}
