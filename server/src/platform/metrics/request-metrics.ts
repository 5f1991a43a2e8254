import type { RouteDefinition } from "../http/route.ts";

const DURATION_BUCKETS_MS = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000];
const COUNT_METRIC = "muster_http_requests_total";
const DURATION_METRIC = "muster_http_request_duration_seconds";

type RouteMetrics = { byStatus: Map<number, number>; buckets: number[]; sumMs: number; count: number };

export type RequestMetrics = {
  observe(definition: RouteDefinition, status: number, durationMs: number): void;
  /** In Prometheus' text format. */
  render(): string;
};

/**
 * Counts and times requests by route. Written by hand because it runs for every report: the library's histogram looks up its labels
 * by text each time, which costs 4 us instead of 0.1.
 */
export function createRequestMetrics(): RequestMetrics {
  const byRoute = new Map<RouteDefinition, RouteMetrics>();

  return {
    observe(definition, status, durationMs) {
      let metrics = byRoute.get(definition);
      if (!metrics) {
        metrics = { byStatus: new Map(), buckets: DURATION_BUCKETS_MS.map(() => 0), sumMs: 0, count: 0 };
        byRoute.set(definition, metrics);
      }
      metrics.byStatus.set(status, (metrics.byStatus.get(status) ?? 0) + 1);
      metrics.count += 1;
      metrics.sumMs += durationMs;
      const bucket = DURATION_BUCKETS_MS.findIndex((maxMs) => durationMs <= maxMs);
      if (bucket >= 0) metrics.buckets[bucket] = (metrics.buckets[bucket] ?? 0) + 1;
    },
    render() {
      const counts = [
        `# HELP ${COUNT_METRIC} Answered requests by route and status`,
        `# TYPE ${COUNT_METRIC} counter`,
      ];
      const durations = [
        `# HELP ${DURATION_METRIC} Time from the headers of a request to its answer, by route`,
        `# TYPE ${DURATION_METRIC} histogram`,
      ];
      for (const [{ method, path }, metrics] of byRoute) {
        // Both come from the route table, so nothing in them needs escaping.
        const labels = `method="${method.toUpperCase()}",route="${path}"`;
        for (const [status, count] of metrics.byStatus)
          counts.push(`${COUNT_METRIC}{${labels},status="${status}"} ${count}`);
        durations.push(...renderHistogram(labels, metrics));
      }
      return `${[...counts, ...durations].join("\n")}\n`;
    },
  };
}

function renderHistogram(labels: string, { buckets, sumMs, count }: RouteMetrics): string[] {
  let cumulative = 0;
  const lines = buckets.map((inBucket, index) => {
    cumulative += inBucket;
    return `${DURATION_METRIC}_bucket{${labels},le="${(DURATION_BUCKETS_MS[index] ?? 0) / 1000}"} ${cumulative}`;
  });
  lines.push(`${DURATION_METRIC}_bucket{${labels},le="+Inf"} ${count}`);
  lines.push(
    `${DURATION_METRIC}_sum{${labels}} ${sumMs / 1000}`,
    `${DURATION_METRIC}_count{${labels}} ${count}`,
  );
  return lines;
}
