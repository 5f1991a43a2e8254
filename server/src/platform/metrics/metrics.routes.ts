import { MusterError } from "../errors.ts";
import { type Route, route } from "../http/route.ts";
import { API_HEADERS } from "../http/security-headers.ts";
import type { ServerMetrics } from "./server-metrics.ts";

export function createMetricsRoutes({ metrics }: { metrics: ServerMetrics }): Route[] {
  return [
    route(
      {
        method: "get",
        path: "/metrics",
        operationId: "getMetrics",
        summary: "Get the metrics of this server for Prometheus; requires an API key",
        group: "Server",
        access: { by: "member", role: "viewer", scope: "metrics" },
        answerType: "text/plain",
        status: 200,
      },
      async ({ caller, context }) => {
        if (caller.kind !== "api-key") {
          throw new MusterError("forbidden", 'Metrics need an API key with the scope "metrics".');
        }
        const { text, type } = await metrics.render();
        return context.body(text, 200, { ...API_HEADERS, "content-type": type });
      },
    ),
  ];
}
