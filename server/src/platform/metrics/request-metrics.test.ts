import { expect, it } from "vitest";
import type { RouteDefinition } from "../http/route.ts";
import { createRequestMetrics } from "./request-metrics.ts";

const definition: RouteDefinition = {
  method: "get",
  path: "/api/v1/things",
  operationId: "test",
  summary: "",
  group: "",
  access: { by: "public" },
  status: 200,
};

it("renders counts by status and a cumulative histogram", () => {
  const figures = createRequestMetrics();
  for (const durationMs of [1, 2, 2.5, 60, 9000])
    figures.observe(definition, durationMs > 1000 ? 503 : 200, durationMs);
  const text = figures.render();
  const labels = 'method="GET",route="/api/v1/things"';
  expect(text).toContain(`muster_http_requests_total{${labels},status="200"} 4\n`);
  expect(text).toContain(`muster_http_requests_total{${labels},status="503"} 1\n`);
  const bucket = (le: string) =>
    new RegExp(`_bucket{${labels},le="${le.replaceAll(/[.+]/g, "\\$&")}"} (\\d+)\n`).exec(text)?.[1];
  expect(["0.001", "0.0025", "0.05", "0.1", "5", "+Inf"].map(bucket)).toEqual(["1", "3", "3", "4", "4", "5"]);
  expect(text).toContain(`_sum{${labels}} 9.0655\n`);
  expect(text).toContain(`_count{${labels}} 5\n`);
});
