import { deleteCookie, setCookie } from "hono/cookie";
import type { LegacyKeys } from "../../identity/index.ts";
import { type Route, route } from "../../platform/http/route.ts";
import { foreignOrigin } from "../../platform/http/same-origin.ts";
import { DashfleetOk, DashfleetSignedIn } from "./dashfleet-answers.ts";
import { DashfleetSignIn } from "./dashfleet-bodies.ts";
import { bodyOf, dashfleet } from "./dashfleet-route.ts";
import { DASHFLEET_COOKIE, readDashfleetCookie } from "./dashfleet-wire.ts";

const system = "dashfleet";

export function createDashfleetSignInRoutes(deps: {
  keys: LegacyKeys;
  hasTls: boolean;
  basePath: string;
}): Route[] {
  const { keys, hasTls, basePath } = deps;
  const attributes = { path: basePath || "/", httpOnly: true, sameSite: "Lax", secure: hasTls } as const;

  return [
    route(
      {
        ...dashfleet,
        method: "post",
        path: "/api/login",
        operationId: "dashfleetSignIn",
        summary: "Exchange an operator's key for a cookie that is valid for eight hours",
        access: { by: "public" },
        ...bodyOf(DashfleetSignIn),
        answer: DashfleetSignedIn,
        status: 200,
        errors: ["unauthenticated"],
      },
      async ({ body, requestId, context }) => {
        const { secret, validForS } = await keys.signIn(system, body.api_key, requestId);
        setCookie(context, DASHFLEET_COOKIE, secret, { ...attributes, maxAge: validForS });
        return { ok: true as const, expires_in: validForS };
      },
    ),
    route(
      {
        ...dashfleet,
        method: "post",
        path: "/api/logout",
        operationId: "dashfleetSignOut",
        summary: "End the session of the cookie",
        access: { by: "public" },
        answer: DashfleetOk,
        status: 200,
        errors: ["forbidden"],
      },
      async (request) => {
        const secret = request.cookie(DASHFLEET_COOKIE);
        // Said openly: a program that sends a cookie without Origin would believe that its session had ended.
        if (secret === null && readDashfleetCookie((name) => request.header(name)) !== null)
          throw foreignOrigin();
        if (secret !== null) await keys.signOut(secret);
        deleteCookie(request.context, DASHFLEET_COOKIE, attributes);
        return { ok: true as const };
      },
    ),
  ];
}
