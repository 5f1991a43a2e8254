import { Email, type LoginRequest, type Me } from "@muster/shared/contracts/identity.ts";
import { MusterError } from "../../platform/errors.ts";
import { rateLimitKeyOf } from "../../platform/http/client-address.ts";
import type { IdentityContext } from "../identity-context.ts";
import type { HashingTurn, PasswordHasher } from "../secrets/password-hasher.ts";
import {
  findUser,
  findUserByEmail,
  listMembershipsOf,
  type UserRow,
} from "../users/user.system-repository.ts";
import type { KnownBrowser, KnownBrowsers } from "./known-browsers.ts";
import type { LoginThrottle, ThrottleSubject } from "./login-throttle.ts";
import type { Profile } from "./profile.service.ts";
import type { Sessions } from "./session.service.ts";
import type { ThrottleReports } from "./throttle-reports.ts";

export type LoginOrigin = {
  address: string;
  previousSecret: string | null;
  browserSecret: string | null;
  requestId: string;
};
/** `secret` is that of the session, `browserSecret` the new one of the browser. */
export type SignedIn = { me: Me; secret: string; browserSecret: string };

export type Login = {
  /**
   * Throws `unauthenticated` for a wrong password and, after the same work and with the same message, for an unknown address or a user
   * without organization; `rate-limited` after too many failures; `unavailable` when too many sign in at once.
   */
  signIn(request: LoginRequest, origin: LoginOrigin): Promise<SignedIn>;
};

export function createLogin(
  { store, log }: IdentityContext,
  deps: {
    hasher: PasswordHasher;
    throttle: LoginThrottle;
    throttleReports: ThrottleReports;
    knownBrowsers: KnownBrowsers;
    sessions: Sessions;
    profile: Profile;
  },
): Login {
  const { hasher, throttle, throttleReports, knownBrowsers, sessions, profile } = deps;

  function loginError(): MusterError {
    return new MusterError("unauthenticated", "The e-mail address or the password is wrong.");
  }

  async function findAccount({ email: given }: LoginRequest, origin: LoginOrigin) {
    const parsed = Email.safeParse(given.trim());
    const email = parsed.success ? parsed.data : "";
    const user = parsed.success ? await findUserByEmail(store.read, email) : undefined;
    const browser = await knownBrowsers.find(origin.browserSecret);
    const known = user && browser?.userIds.has(user.id) ? { userId: user.id, browser } : null;
    return { user, ...limitsOf(email, origin.address, known) };
  }

  async function verifyPassword(request: LoginRequest, origin: LoginOrigin): Promise<UserRow> {
    const { user, subject, turn } = await findAccount(request, origin);
    const { address, requestId } = origin;
    try {
      const isRight = await throttle.attempt(subject, () =>
        hasher.verify(user?.password_hash ?? null, request.password, turn),
      );
      if (isRight && user) return user;
    } catch (error) {
      if (error instanceof MusterError && error.code === "rate-limited") {
        throttleReports.report({ email: subject.email, address, requestId });
      }
      throw error;
    }
    log.warn({ address, requestId }, "A sign-in was rejected");
    throw loginError();
  }

  return {
    async signIn(request, origin) {
      const user = await verifyPassword(request, origin);
      const signedIn = await store.transaction(async (tx) => {
        const current = await findUser(tx, user.id);
        const [home] = await listMembershipsOf(tx, user.id);
        if (current?.password_hash !== user.password_hash || !home) throw loginError();
        const start = { user: { id: user.id, name: user.name }, orgId: home.orgId, ...origin };
        return {
          orgId: home.orgId,
          secret: await sessions.start(tx, start),
          browserSecret: await knownBrowsers.renew(tx, user.id, origin.browserSecret),
        };
      });
      const { orgId, secret, browserSecret } = signedIn;
      return { secret, browserSecret, me: await profile.me(user.id, orgId) };
    },
  };
}

/** A known browser is limited for itself; everybody else by address and account. */
function limitsOf(
  email: string,
  address: string,
  known: { userId: string; browser: KnownBrowser } | null,
): { subject: Exclude<ThrottleSubject, { kind: "password-change" }>; turn: HashingTurn } {
  if (known !== null) {
    const subject = { kind: "known-browser", email, browserHash: known.browser.secretHash } as const;
    return { subject, turn: { share: "known-browser", key: known.userId } };
  }
  const subject = { kind: "stranger", email, address } as const;
  return { subject, turn: { share: "sign-in", key: rateLimitKeyOf(address) } };
}
