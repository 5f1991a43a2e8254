import { MusterError } from "../../platform/errors.ts";
import type { AuthenticateLegacyKey, LegacyKeyCaller } from "../../platform/http/caller.ts";
import { actorOf } from "../audit/actor.ts";
import type { Audit } from "../audit/audit.service.ts";
import { raiseAuthEpoch } from "../credentials/auth-epoch.system-repository.ts";
import type { IdentityContext } from "../identity-context.ts";
import { type ApiKeyRow, findApiKeyOfSecret, readApiKeys } from "../keys/api-key.repository.ts";
import { type ApiKeys, readLegacyGrants } from "../keys/api-key.service.ts";
import { hashSecret, isSecretOf, makeSecret } from "../secrets/secret.ts";
import { deleteLegacySession, insertLegacySession } from "./legacy-session.system-repository.ts";

const MAX_SESSION_AGE_MS = 8 * 3_600_000;
const MAX_LISTED_KEYS = 200;

/** A key without its secret, for its organization. */
export type ListedLegacyKey = { prefix: string; createdAt: number; isRevoked: boolean };

export type LegacyKeys = {
  authenticate: AuthenticateLegacyKey;
  /** Starts a browser session of eight hours with an operator's key. Throws `unauthenticated` for any other key. */
  signIn(
    system: string,
    keySecret: string,
    requestId: string,
  ): Promise<{ secret: string; validForS: number }>;
  /** Ends a session. Does nothing when it is unknown or has ended. */
  signOut(sessionSecret: string): Promise<void>;
  /** Keys of the organization that work on `system`, newest first. */
  list(orgId: string, system: string): Promise<ListedLegacyKey[]>;
  /** Revokes the key that `secret` belongs to. Throws `not-found` for a key of another organization or system. */
  revoke(caller: LegacyKeyCaller, secret: string, requestId: string): Promise<void>;
};

export function createLegacyKeys(
  { store, clock, events }: IdentityContext,
  deps: { audit: Audit; apiKeys: ApiKeys; authenticate: AuthenticateLegacyKey },
): LegacyKeys {
  const { audit, apiKeys, authenticate } = deps;

  return {
    authenticate,
    async signIn(system, keySecret, requestId) {
      const caller = isSecretOf("apiKey", keySecret) ? await authenticate(system, keySecret) : null;
      if (!caller?.rights.includes("operator")) {
        throw new MusterError("unauthenticated", "The pages need an operator's key.");
      }
      const secret = makeSecret("legacySession");
      await store.transaction(async (tx) => {
        await insertLegacySession(tx, {
          secret_hash: hashSecret(secret),
          org_id: caller.orgId,
          key_id: caller.keyId,
          system,
          expires_at: clock.now() + MAX_SESSION_AGE_MS,
        });
        const actor = actorOf(caller);
        await audit.record(tx, {
          orgId: caller.orgId,
          actor,
          action: "compat-key.signed-in",
          subject: { type: "api-key", id: caller.keyId, name: caller.name },
          details: { system },
          requestId,
        });
      });
      return { secret, validForS: MAX_SESSION_AGE_MS / 1000 };
    },
    async signOut(sessionSecret) {
      if (!isSecretOf("legacySession", sessionSecret)) return;
      const ended = await store.transaction(async (tx) => {
        const session = await deleteLegacySession(tx, hashSecret(sessionSecret));
        if (session) await raiseAuthEpoch(tx);
        return session;
      });
      if (!ended) return;
      events.publish({ topic: "credential.changed", orgId: ended.org_id, ids: [ended.key_id] });
    },
    async list(orgId, system) {
      const rows = await readApiKeys(store.read, orgId, { before: null, limit: MAX_LISTED_KEYS });
      return rows
        .filter((row) => isFor(row, system))
        .map(({ prefix, created_at, revoked_at }) => ({
          prefix,
          createdAt: created_at,
          isRevoked: revoked_at !== null,
        }));
    },
    async revoke({ orgId, system, ...caller }, secret, requestId) {
      const row = isSecretOf("apiKey", secret)
        ? await findApiKeyOfSecret(store.read, orgId, hashSecret(secret))
        : undefined;
      if (!row || !isFor(row, system)) throw new MusterError("not-found", "There is no such key.");
      await apiKeys.revoke(orgId, row.id, { actor: actorOf({ orgId, system, ...caller }), requestId });
    },
  };
}

function isFor(row: ApiKeyRow, system: string): boolean {
  return readLegacyGrants(row).some((grant) => grant.startsWith(`${system}-`));
}
