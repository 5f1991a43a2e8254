import { Email, type LoginRequest, type Me } from "@muster/shared/contracts/identity.ts";
import { MusterError } from "../../platform/errors.ts";
import type { IdentityContext } from "../identity-context.ts";
import {
  findUser,
  findUserByEmail,
  listMembershipsOf,
  type UserRow,
} from "../users/user.system-repository.ts";
import type { PasswordHasher } from "../secrets/password-hasher.ts";
import type { LoginThrottle } from "./login-throttle.ts";
import type { Profile } from "./profile.service.ts";
import type { Sessions } from "./session.service.ts";

export type LoginOrigin = { address: string; previousSecret: string | null; requestId: string };
export type SignedIn = { me: Me; secret: string };

export type Login = {
  /**
   * Throws `unauthenticated` for a wrong password and, after the same work and with the same message, for an unknown address or a user
   * without organization; `rate-limited` after too many failures; `unavailable` when too many sign in at once.
   */
  signIn(request: LoginRequest, origin: LoginOrigin): Promise<SignedIn>;
};

export function createLogin(
  { store, log }: IdentityContext,
  deps: { hasher: PasswordHasher; throttle: LoginThrottle; sessions: Sessions; profile: Profile },
): Login {
  const { hasher, throttle, sessions, profile } = deps;

  function loginError(): MusterError {
    return new MusterError("unauthenticated", "The e-mail address or the password is wrong.");
  }

  async function verifyPassword(request: LoginRequest, origin: LoginOrigin): Promise<UserRow> {
    const parsed = Email.safeParse(request.email.trim());
    const email = parsed.success ? parsed.data : "";
    const user = parsed.success ? await findUserByEmail(store.read, email) : undefined;
    const isRight = await throttle.attempt(email, origin.address, () =>
      hasher.verify(user?.password_hash ?? null, request.password),
    );
    if (isRight && user) return user;
    log.warn({ address: origin.address, requestId: origin.requestId }, "A sign-in was rejected");
    throw loginError();
  }

  return {
    async signIn(request, origin) {
      const user = await verifyPassword(request, origin);
      const { secret, orgId } = await store.transaction(async (tx) => {
        const current = await findUser(tx, user.id);
        const [home] = await listMembershipsOf(tx, user.id);
        if (current?.password_hash !== user.password_hash || !home) throw loginError();
        const start = { user: { id: user.id, name: user.name }, orgId: home.orgId, ...origin };
        return { secret: await sessions.start(tx, start), orgId: home.orgId };
      });
      return { secret, me: await profile.me(user.id, orgId) };
    },
  };
}
