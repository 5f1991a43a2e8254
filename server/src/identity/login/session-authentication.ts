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
import { isSessionExpired } from "./session-rules.ts";

type KnownSession = {
  id: string;
  userId: string;
  name: string;
  /** The organization seen last. */
  orgId: string;
  roles: ReadonlyMap<string, Role>;
  createdAt: number;
  lastUsedAt: number;
};

/**
 * Finds whose session a secret is, in the organization that is asked for; null for one that is unknown or over. Throws
 * `forbidden` for an organization that the person does not belong to, whether it exists or not.
 */
export type AuthenticateSession = (
  secret: string,
  organizationId: string | null,
) => Promise<UserCaller | null>;

export function createSessionAuthentication(deps: {
  store: Store;
  clock: Clock;
  watch: AuthEpochTracker;
  uses: LastUses;
}): AuthenticateSession {
  const { store, clock, watch, uses } = deps;

  async function load(secretHash: string): Promise<KnownSession | null> {
    const row = await findSession(store.read, secretHash);
    if (!row || !isSameHash(row.secret_hash, secretHash)) return null;
    const memberships = await listMembershipsOf(store.read, row.user_id);
    return {
      id: row.id,
      userId: row.user_id,
      name: row.user_name,
      orgId: row.org_id,
      roles: new Map(memberships.map(({ orgId, role }) => [orgId, role])),
      createdAt: row.created_at,
      lastUsedAt: row.last_used_at,
    };
  }

  const cache = createAuthenticationCache({ watch, clock, load });
  return async (secret, organizationId) => {
    const session = await cache.find(hashSecret(secret));
    const now = clock.now();
    if (!session || isSessionExpired(session, now)) return null;
    const orgId = organizationId ?? defaultOrganizationOf(session);
    const role = orgId === undefined ? undefined : session.roles.get(orgId);
    if (orgId === undefined || role === undefined) {
      throw new MusterError("forbidden", "You are not a member of this organization.");
    }
    session.lastUsedAt = now;
    session.orgId = orgId;
    uses.recordSession(session.id, orgId, now);
    return { kind: "user", orgId, userId: session.userId, sessionId: session.id, name: session.name, role };
  };
}

/** Where the person was last, else the first organization that still has them. */
function defaultOrganizationOf({ orgId, roles }: KnownSession): string | undefined {
  return roles.has(orgId) ? orgId : roles.keys().next().value;
}
