import { z } from "zod";
import { type Route, type RouteDefinition, route } from "../../platform/http/route.ts";
import { DashfleetGone } from "./dashfleet-answers.ts";
import { dashfleet } from "./dashfleet-route.ts";

const NO_DOWNLOADS =
  "Muster has no download links: agents are installed from packages and join with an enrolment token (muster token create).";

/** DashFleet's routes that Muster does not have, each with the reason. See docs/decisions. */
const REMOVED: readonly [RouteDefinition["method"], string, string, string][] = [
  [
    "post",
    "/api/action",
    "dashfleetRunCommand",
    "Muster runs no commands on its server. Queue actions for machines with POST /api/actions/queue.",
  ],
  [
    "get",
    "/api/history",
    "dashfleetGetHistory",
    "Muster keeps no history of its own server. Use GET /metrics for it, and GET /api/v1/devices/{id}/history for machines.",
  ],
  ["post", "/api/agent/link", "dashfleetLinkAgent", NO_DOWNLOADS],
  ["post", "/api/tokens/create", "dashfleetCreateToken", NO_DOWNLOADS],
  ["get", "/api/tokens", "dashfleetListTokens", NO_DOWNLOADS],
  ["post", "/api/tokens/delete", "dashfleetDeleteToken", NO_DOWNLOADS],
  ["get", "/download/agent/{token}", "dashfleetDownloadAgent", NO_DOWNLOADS],
];

/** Answers 410 with a sentence instead of 404, so that a script says why it no longer works. */
export function createDashfleetRemovedRoutes(): Route[] {
  return REMOVED.map(([method, path, operationId, error]) =>
    route(
      {
        ...dashfleet,
        method,
        path,
        operationId,
        summary: "Not available in Muster; the answer gives the reason",
        access: { by: "public" },
        ...(path.includes("{token}") && {
          params: z.object({
            token: z
              .string()
              .max(200)
              .meta({ description: "Ignored.", examples: ["9rD0fWcYk1"] }),
          }),
        }),
        answer: DashfleetGone,
        status: 410,
      },
      async () => ({ error }),
    ),
  );
}
