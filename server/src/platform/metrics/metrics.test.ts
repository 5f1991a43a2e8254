import pino from "pino";
import { describe, expect, it } from "vitest";
import { systemClock } from "../clock.ts";
import { createApp } from "../http/app.ts";
import type { Caller } from "../http/caller.ts";
import { route } from "../http/route.ts";
import { createMetricsRoutes } from "./metrics.routes.ts";
import { createServerMetrics } from "./server-metrics.ts";

const callers: Record<string, Caller> = {
  mk_metrics: {
    kind: "api-key",
    orgId: "o1",
    keyId: "k1",
    name: "p",
    role: "admin",
    customerIds: null,
    scopes: ["metrics"],
  },
  mk_read: {
    kind: "api-key",
    orgId: "o1",
    keyId: "k2",
    name: "r",
    role: "admin",
    customerIds: null,
    scopes: ["read"],
  },
};

function start() {
  const metrics = createServerMetrics({ version: "1.2.3" });
  const app = createApp({
    routes: [
      route(
        {
          method: "get",
          path: "/api/v1/things/{id}",
          operationId: "test",
          summary: "",
          group: "",
          status: 204,
          access: { by: "public" },
        },
        async () => {},
      ),
      ...createMetricsRoutes({ metrics }),
    ],
    authenticate: async ({ bearer, session }) =>
      session
        ? {
            kind: "user",
            orgId: "o1",
            userId: "u1",
            sessionId: "s1",
            name: "Ada",
            role: "owner",
            customerIds: null,
          }
        : (callers[bearer ?? ""] ?? { kind: "nobody" }),
    observe: metrics.observeRequest,
    log: pino({ level: "silent" }),
    clock: systemClock,
  });
  const read = async () => {
    const answer = await app.request("/metrics", { headers: { authorization: "Bearer mk_metrics" } });
    expect(answer.headers.get("content-type")).toContain("text/plain");
    return answer.text();
  };
  return { app, metrics, read };
}

describe("GET /metrics", () => {
  it("is available to API keys with the scope only, not even to an owner's session", async () => {
    const { app } = start();
    const status = async (headers: Record<string, string>) =>
      (await app.request("/metrics", { headers })).status;
    expect(await status({})).toBe(401);
    expect(await status({ authorization: "Bearer mk_read" })).toBe(403);
    expect(await status({ cookie: "muster_session=s" })).toBe(403);
  });

  it("counts requests by route, never by a path from a client", async () => {
    const { app, read } = start();
    await app.request("/api/v1/things/1");
    await app.request("/api/v1/things/2");
    const text = await read();
    expect(text).toContain(
      'muster_http_requests_total{method="GET",route="/api/v1/things/{id}",status="204"} 2',
    );
    expect(text).toContain(
      'muster_http_request_duration_seconds_count{method="GET",route="/api/v1/things/{id}"} 2',
    );
    expect(text).not.toContain("/api/v1/things/1");
  });

  it("contains reports, groups, jobs, added metrics and the delay of the event loop", async () => {
    const { metrics, read } = start();
    metrics.observeIngest("live", 4, 3);
    metrics.observeJob({ job: "pack", outcome: "failed", durationMs: 20 });
    metrics.addGauge("muster_streams_open", "Open streams", async () => 7);
    const text = await read();
    for (const line of [
      'muster_reports_stored_total{lane="live"} 3',
      'muster_ingest_group_size_sum{lane="live"} 4',
      'muster_job_runs_total{job="pack",outcome="failed"} 1',
      "muster_streams_open 7",
      'muster_build_info{version="1.2.3"} 1',
    ]) {
      expect(text).toContain(`${line}\n`);
    }
    expect(text).toContain("nodejs_eventloop_lag_p99_seconds");
  });
});
