import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { StreamObserver } from "../http/event-streams.ts";
import type { RouteDefinition } from "../http/route.ts";
import type { JobRun } from "../jobs/scheduler.ts";
import { createRequestMetrics } from "./request-metrics.ts";

const JOB_DURATION_BUCKETS_S = [0.005, 0.05, 0.5, 5, 30, 120];
const GROUP_SIZE_BUCKETS = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/** Metrics of this server for Prometheus. No label holds a tenant, a device or anything that a client chose. */
export type ServerMetrics = {
  observeRequest(definition: RouteDefinition, status: number, durationMs: number): void;
  observeJob(run: JobRun): void;
  /** One commit of reports: the lane, the number of reports, and how many of them were new. */
  observeIngest(lane: string, size: number, stored: number): void;
  /** Event streams of pages and agents that opened and ended. */
  streams: StreamObserver;
  /** Adds a metric that is read at each scrape. */
  addGauge(name: string, help: string, read: () => number | Promise<number>): void;
  /** All metrics as text, with its media type. */
  render(): Promise<{ text: string; type: string }>;
};

/** `version` is that of this program. */
export function createServerMetrics({ version }: { version: string }): ServerMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: "muster_build_info",
    help: "Version of this server",
    labelNames: ["version"],
    registers,
  }).set({ version }, 1);

  const requests = createRequestMetrics();
  const reports = new Counter({
    name: "muster_reports_stored_total",
    help: "Stored reports by lane",
    labelNames: ["lane"],
    registers,
  });
  const groupSizes = new Histogram({
    name: "muster_ingest_group_size",
    help: "Reports in one commit, by lane",
    labelNames: ["lane"],
    buckets: GROUP_SIZE_BUCKETS,
    registers,
  });
  const streamsOpened = new Counter({
    name: "muster_streams_opened_total",
    help: "Event streams of pages and agents that were opened",
    registers,
  });
  const streamsEnded = new Counter({
    name: "muster_streams_ended_total",
    help: "Event streams that ended, by reason",
    labelNames: ["reason"],
    registers,
  });
  const jobRuns = new Counter({
    name: "muster_job_runs_total",
    help: "Runs of jobs by outcome",
    labelNames: ["job", "outcome"],
    registers,
  });
  const jobDurations = new Histogram({
    name: "muster_job_duration_seconds",
    help: "Duration of a job's run",
    labelNames: ["job"],
    buckets: JOB_DURATION_BUCKETS_S,
    registers,
  });

  return {
    observeRequest: requests.observe,
    observeJob({ job, outcome, durationMs }) {
      jobRuns.inc({ job, outcome });
      jobDurations.observe({ job }, durationMs / 1000);
    },
    observeIngest(lane, size, stored) {
      groupSizes.observe({ lane }, size);
      reports.inc({ lane }, stored);
    },
    streams: {
      opened: () => streamsOpened.inc(),
      ended: (reason) => streamsEnded.inc({ reason }),
    },
    addGauge(name, help, read) {
      const gauge = new Gauge({
        name,
        help,
        registers,
        async collect() {
          gauge.set(await read());
        },
      });
    },
    async render() {
      return { text: requests.render() + (await registry.metrics()), type: registry.contentType };
    },
  };
}
