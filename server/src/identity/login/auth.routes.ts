import { LanguageChange, LoginRequest, Me, PasswordChange } from "@muster/shared/contracts/identity.ts";
import { type Route, route } from "../../platform/http/route.ts";
import { actorOf } from "../audit/actor.ts";
import type { Passwords } from "../users/password.service.ts";
import type { Login } from "./login.service.ts";
import type { Profile } from "./profile.service.ts";
import type { KnownBrowserCookie } from "./known-browser-cookie.ts";
import type { SignInLimits } from "./sign-in-limits.ts";
import type { Sessions } from "./session.service.ts";
import type { SessionCookie } from "./session-cookie.ts";

const group = "Signing in";

export function createAuthRoutes(services: {
  login: Login;
  sessions: Sessions;
  passwords: Passwords;
  profile: Profile;
  cookie: SessionCookie;
  browserCookie: KnownBrowserCookie;
  signInLimits: SignInLimits;
}): Route[] {
  const { login, sessions, passwords, profile, cookie, browserCookie, signInLimits } = services;
  return [
    route(
      {
        method: "post",
        path: "/api/v1/auth/login",
        operationId: "signIn",
        summary: "Sign in and set the session cookie",
        group,
        access: { by: "public" },
        body: LoginRequest,
        answer: Me,
        status: 200,
        errors: ["unauthenticated", "rate-limited", "unavailable"],
        countRequest: ({ address, header }) =>
          signInLimits.count(address, browserCookie.read(header("cookie"))),
      },
      async (request) => {
        const { body, address, requestId } = request;
        const { me, secret, browserSecret } = await login.signIn(body, {
          address,
          requestId,
          previousSecret: cookie.read(request),
          browserSecret: browserCookie.read(request.header("cookie")),
        });
        cookie.write(request.context, secret);
        browserCookie.write(request.context, browserSecret);
        return me;
      },
    ),
    route(
      {
        method: "post",
        path: "/api/v1/auth/logout",
        operationId: "signOut",
        summary: "Sign out and end the session",
        group,
        access: { by: "session", role: "viewer", appliesCustomerLimit: true },
        status: 204,
      },
      async ({ caller, requestId, context }) => {
        await sessions.end(caller, requestId);
        cookie.clear(context);
      },
    ),
    route(
      {
        method: "get",
        path: "/api/v1/me",
        operationId: "getMe",
        summary: "Get the signed-in user and their organizations",
        group,
        access: { by: "session", role: "viewer", appliesCustomerLimit: true },
        answer: Me,
        status: 200,
      },
      ({ caller }) => profile.me(caller.userId, caller.orgId),
    ),
    route(
      {
        method: "put",
        path: "/api/v1/me/language",
        operationId: "changeLanguage",
        summary: "Change the language of mails to the signed-in user",
        group,
        access: { by: "session", role: "viewer", appliesCustomerLimit: true },
        body: LanguageChange,
        status: 204,
      },
      ({ caller, body }) => profile.changeLanguage(caller.userId, body.language),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/me/password",
        operationId: "changePassword",
        summary: "Change the own password and end all other sessions",
        group,
        access: { by: "session", role: "viewer", appliesCustomerLimit: true },
        body: PasswordChange,
        status: 204,
        errors: ["rate-limited", "unavailable"],
      },
      ({ caller, body, requestId }) => {
        const self = { userId: caller.userId, sessionId: caller.sessionId, actor: actorOf(caller) };
        return passwords.change(self, body, requestId);
      },
    ),
  ];
}
