import type { PasswordChange } from "@muster/shared/contracts/identity.ts";
import { COMMON_PASSWORD_STEMS } from "@muster/shared/password/common-passwords.ts";
import { type PasswordProblem, passwordProblem } from "@muster/shared/password/password-rules.ts";
import type { Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { MusterError } from "../../platform/errors.ts";
import type { Actor } from "../audit/actor.ts";
import type { Audit } from "../audit/audit.service.ts";
import { raiseAuthEpoch } from "../credentials/auth-epoch.system-repository.ts";
import type { IdentityContext } from "../identity-context.ts";
import type { LoginThrottle } from "../login/login-throttle.ts";
import { deleteKnownBrowsersOf } from "../login/known-browser.system-repository.ts";
import { deleteSessionsOf } from "../login/session.system-repository.ts";
import type { PasswordHasher } from "../secrets/password-hasher.ts";
import {
  findUser,
  findUserByEmail,
  listMembershipsOf,
  replacePasswordHash,
  type UserRow,
} from "./user.system-repository.ts";

export type Passwords = {
  /**
   * Changes the own password, ends all other sessions of the user and forgets their known browsers. Throws `bad-request` when the
   * current password is wrong or the new one is not allowed, and `rate-limited` after too many attempts.
   */
  change(
    self: { userId: string; sessionId: string; actor: Actor },
    change: PasswordChange,
    requestId: string,
  ): Promise<void>;
  /** Sets the password of any user, forgets their known browsers and ends all their sessions: for the command line. Throws `not-found` or `bad-request`. */
  reset(email: string, next: string, actor: Actor): Promise<void>;
};

/** Ends what goes to browsers of a user outside of sessions. */
export type ForgetBrowsers = (tx: Transaction<Tables>, userId: string) => Promise<void>;

export function createPasswords(
  { store, events }: IdentityContext,
  deps: {
    audit: Audit;
    hasher: PasswordHasher;
    throttle: LoginThrottle;
    forgetBrowsers: ForgetBrowsers;
  },
): Passwords {
  const { audit, hasher, throttle, forgetBrowsers } = deps;

  function requireUser(user: UserRow | undefined): UserRow {
    if (!user) throw new MusterError("not-found", "There is no such user.");
    return user;
  }

  async function replace(
    user: UserRow,
    next: string,
    by: { actor: Actor; keepSessionId: string | null; requestId: string | null },
  ): Promise<void> {
    const key = by.keepSessionId === null ? "command line" : user.id;
    const nextHash = await hasher.hash(next, { share: "change", key });
    const memberships = await store.transaction(async (tx) => {
      if (!(await replacePasswordHash(tx, user.id, user.password_hash, nextHash))) {
        throw new MusterError(
          "conflict",
          "The password was changed at the same time by another request. Try again.",
        );
      }
      const endedSessions = await deleteSessionsOf(tx, user.id, by.keepSessionId);
      await deleteKnownBrowsersOf(tx, user.id);
      await forgetBrowsers(tx, user.id);
      await raiseAuthEpoch(tx);
      const joined = await listMembershipsOf(tx, user.id);
      for (const { orgId } of joined) {
        await audit.record(tx, {
          orgId,
          actor: by.actor,
          action: "user.password-changed",
          subject: { type: "user", id: user.id, name: user.name },
          details: { endedSessions },
          requestId: by.requestId,
        });
      }
      return joined;
    });
    for (const { orgId } of memberships)
      events.publish({ topic: "credential.changed", orgId, ids: [user.id] });
  }

  return {
    async change({ userId, sessionId, actor }, { current, next }, requestId) {
      const user = requireUser(await findUser(store.read, userId));
      // Before the hashing: a new password that is refused costs nothing.
      assertPasswordAllowed("next", next, [user.name, user.email]);
      const isRight = await throttle.attempt({ kind: "password-change", userId }, () =>
        hasher.verify(user.password_hash, current, { share: "change", key: userId }),
      );
      if (!isRight) {
        throw new MusterError("bad-request", "The current password is wrong.", {
          details: [{ path: "current", message: "is not your current password" }],
        });
      }
      await replace(user, next, { actor, keepSessionId: sessionId, requestId });
    },
    async reset(email, next, actor) {
      const user = requireUser(await findUserByEmail(store.read, email));
      assertPasswordAllowed("password", next, [user.name, user.email]);
      await replace(user, next, { actor, keepSessionId: null, requestId: null });
    },
  };
}

/** Each goes on after the name of the field, as every detail of an error does. */
const REJECTIONS: Record<PasswordProblem, string> = {
  "too-short": "must have at least 10 characters",
  repetitive: "must have at least 5 different characters",
  sequence: "must not be a sequence of neighbouring characters",
  common: "must not be a common password, also not with added digits or signs",
  personal: "must not consist of the name, e-mail address or organization of the user",
};

/** Throws `bad-request` for `path` when the password is not allowed. */
export function assertPasswordAllowed(path: string, password: string, ownWords: readonly string[]): void {
  const problem = passwordProblem(password, ownWords, COMMON_PASSWORD_STEMS);
  if (problem === null) return;
  throw new MusterError("bad-request", `The password ${REJECTIONS[problem]}. Choose another one.`, {
    details: [{ path, message: REJECTIONS[problem] }],
  });
}
