import type { Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { UserCaller } from "../../platform/http/caller.ts";
import { actorOf } from "../audit/actor.ts";
import type { Audit } from "../audit/audit.service.ts";
import { raiseAuthEpoch } from "../credentials/auth-epoch.system-repository.ts";
import type { IdentityContext } from "../identity-context.ts";
import { updateLastLogin } from "../users/user.system-repository.ts";
import { hashSecret, isSecretOf, makeSecret } from "../secrets/secret.ts";
import { deleteSession, findSession, insertSession } from "./session.system-repository.ts";

/** A user who has just been authenticated, and the organization that they see first. */
export type SessionStart = {
  user: { id: string; name: string };
  orgId: string;
  /** The previous session of the browser. It ends, so that no old secret stays valid after a sign-in. */
  previousSecret: string | null;
  requestId: string;
};

export type Sessions = {
  /** Starts a session and returns its secret, for the cookie only. */
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
