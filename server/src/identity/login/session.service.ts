import type { Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { toInstant } from "../../platform/instant.ts";
import type { UserCaller } from "../../platform/http/caller.ts";
import { actorOf } from "../audit/actor.ts";
import type { Audit } from "../audit/audit.service.ts";
import { raiseAuthEpoch } from "../credentials/auth-epoch.system-repository.ts";
import type { IdentityContext } from "../identity-context.ts";
import { updateLastLogin } from "../users/user.system-repository.ts";
import { hashSecret, isSecretOf, makeSecret } from "../secrets/secret.ts";
import { MAX_SESSIONS_PER_USER } from "./session-rules.ts";
import {
  deleteOldestSessions,
  deleteSession,
  findSession,
  insertSession,
} from "./session.system-repository.ts";

/** A user who has just been authenticated, and the organization that they see first. */
export type SessionStart = {
  user: { id: string; name: string };
  orgId: string;
  /** The previous session of the browser. It ends, so that no old secret stays valid after a sign-in. */
  previousSecret: string | null;
  requestId: string;
};

export type Sessions = {
  /** Starts a session and returns its secret, for the cookie only. Ends the oldest session of a user who has too many. */
  start(tx: Transaction<Tables>, start: SessionStart): Promise<string>;
  end(caller: UserCaller, requestId: string): Promise<void>;
};

export function createSessions(platform: IdentityContext, { audit }: { audit: Audit }): Sessions {
  const { store, clock, makeId, events } = platform;

  async function endPrevious(tx: Transaction<Tables>, secret: string): Promise<void> {
    if (!isSecretOf("session", secret)) return;
    const previous = await findSession(tx, hashSecret(secret));
    if (previous && (await deleteSession(tx, previous.id))) await raiseAuthEpoch(tx);
  }

  async function endOldest(
    tx: Transaction<Tables>,
    { user, orgId, requestId }: Pick<SessionStart, "user" | "orgId" | "requestId">,
  ): Promise<void> {
    const ended = await deleteOldestSessions(tx, user.id, MAX_SESSIONS_PER_USER);
    if (ended.length === 0) return;
    await raiseAuthEpoch(tx);
    for (const { created_at } of ended) {
      await audit.record(tx, {
        orgId,
        actor: { type: "user", ...user },
        action: "user.session-ended",
        subject: { type: "user", ...user },
        details: { reason: "too-many-sessions", signedInAt: toInstant(created_at) },
        requestId,
      });
    }
  }

  return {
    async start(tx, { user, orgId, previousSecret, requestId }) {
      if (previousSecret !== null) await endPrevious(tx, previousSecret);
      const secret = makeSecret("session");
      const at = clock.now();
      await insertSession(tx, {
        id: makeId(),
        secret_hash: hashSecret(secret),
        user_id: user.id,
        org_id: orgId,
        created_at: at,
        last_used_at: at,
      });
      await endOldest(tx, { user, orgId, requestId });
      await updateLastLogin(tx, user.id, at);
      await audit.record(tx, {
        orgId,
        actor: { type: "user", ...user },
        action: "user.signed-in",
        subject: { type: "user", ...user },
        requestId,
      });
      return secret;
    },
    async end(caller, requestId) {
      await store.transaction(async (tx) => {
        if (!(await deleteSession(tx, caller.sessionId))) return;
        await raiseAuthEpoch(tx);
        const actor = actorOf(caller);
        await audit.record(tx, {
          orgId: caller.orgId,
          actor,
          action: "user.signed-out",
          subject: { type: "user", id: caller.userId, name: caller.name },
          requestId,
        });
      });
      events.publish({ topic: "credential.changed", orgId: caller.orgId, ids: [caller.userId] });
    },
  };
}
