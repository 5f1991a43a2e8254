import { ServerHealth } from "@muster/shared/contracts/server-health.ts";
import { type Route, route } from "../http/route.ts";
import { API_HEADERS } from "../http/security-headers.ts";
import type { DatabaseCheck } from "./database-check.ts";

export function createHealthRoutes({ version, check }: { version: string; check: DatabaseCheck }): Route[] {
  return [
    route(
      {
        method: "get",
        path: "/api/health",
        operationId: "getHealth",
        summary: "Get the health of this server; 503 when its database does not answer",
        group: "Server",
        access: { by: "public" },
        answer: ServerHealth,
        status: 200,
        isUnlimited: true,
      },
      async ({ context }) => {
        const health: ServerHealth = (await check())
          ? { status: "ok", health: "healthy", version, database: "ok" }
          : { status: "unavailable", health: "unhealthy", version, database: "unavailable" };
        return health.status === "ok"
          ? health
          : context.json(health, 503, { ...API_HEADERS, "retry-after": "5" });
      },
    ),
  ];
}
