import { Me, SetupRequest, SetupState } from "@muster/shared/contracts/identity.ts";
import { z } from "zod";
import { type Route, route } from "../../platform/http/route.ts";
import type { KnownBrowserCookie } from "../login/known-browser-cookie.ts";
import type { SessionCookie } from "../login/session-cookie.ts";
import type { Setup } from "./setup.service.ts";

const common = {
  path: "/api/v1/setup/{token}",
  group: "Set-up",
  access: { by: "public" },
  params: z.object({
    token: z
      .string()
      .max(200)
      .meta({ description: "Secret of the set-up link.", examples: ["9rD0fWcYk1"] }),
  }),
  status: 200,
} as const;

export function createSetupRoutes({
  setup,
  cookie,
  browserCookie,
}: {
  setup: Setup;
  cookie: SessionCookie;
  browserCookie: KnownBrowserCookie;
}): Route[] {
  return [
    route(
      {
        method: "get",
        path: "/api/v1/setup",
        operationId: "getSetupState",
        summary: "Get whether this server is set up",
        group: "Set-up",
        access: { by: "public" },
        answer: SetupState,
        status: 200,
      },
      async () => ({ needed: await setup.isNeeded() }),
    ),
    route(
      {
        ...common,
        method: "get",
        operationId: "checkSetupLink",
        summary: "Check whether a set-up link is valid",
        answer: z.object({}),
        errors: ["not-found"],
      },
      async ({ params }) => {
        await setup.assertUsable(params.token);
        return {};
      },
    ),
    route(
      {
        ...common,
        method: "post",
        operationId: "completeSetup",
        summary: "Name the organization, create its owner and set the session cookie",
        body: SetupRequest,
        answer: Me,
        errors: ["not-found", "conflict", "unavailable"],
      },
      async (request) => {
        const { params, body, requestId } = request;
        const origin = {
          previousSecret: cookie.read(request),
          browserSecret: browserCookie.read(request.header("cookie")),
          requestId,
        };
        const { me, secret, browserSecret } = await setup.complete(params.token, body, origin);
        cookie.write(request.context, secret);
        browserCookie.write(request.context, browserSecret);
        return me;
      },
    ),
  ];
}
