import { healthOf } from "@muster/shared/health/score.ts";
import { z } from "zod";
import type { Clock } from "../../platform/clock.ts";
import type { HostMetrics } from "../../platform/metrics/host-metrics.ts";
import { type Route, route } from "../../platform/http/route.ts";
import { dashfleet, OPERATOR } from "./dashfleet-route.ts";

const GIB = 1024 ** 3;
const CPU_ALERT = 80;
const RAM_ALERT = 90;

/** The configuration that DashFleet's pages read when they open. The thresholds are the defaults of an organization. */
const CONFIG = {
  FLEET_TTL_SECONDS: 86_400,
  OFFLINE_THRESHOLD_SECONDS: 600,
  REFRESH_INTERVAL_MS: 5000,
  API_VERSION: "1.0",
  FEATURES: { actions: true, public_fleet: true },
};

export function createDashfleetStatusRoutes(deps: {
  readHost: () => Promise<HostMetrics>;
  clock: Clock;
}): Route[] {
  const { readHost, clock } = deps;

  return [
    route(
      {
        ...dashfleet,
        method: "get",
        path: "/api/status",
        operationId: "dashfleetGetStatus",
        summary: "Get metrics and health of the server's machine",
        access: OPERATOR,
        answer: z.record(z.string(), z.unknown()),
        status: 200,
      },
      async () => toStatus(await readHost(), clock.now()),
    ),
    route(
      {
        ...dashfleet,
        method: "get",
        path: "/api/stats",
        operationId: "dashfleetGetStats",
        summary: "Get metrics of the server's machine",
        access: OPERATOR,
        answer: z.record(z.string(), z.unknown()),
        status: 200,
      },
      async () => {
        const { health: _health, ...stats } = toStatus(await readHost(), clock.now());
        return stats;
      },
    ),
    route(
      {
        ...dashfleet,
        method: "get",
        path: "/api/config",
        operationId: "dashfleetGetConfig",
        summary: "Get the constants of DashFleet's pages",
        access: { by: "public" },
        answer: z.record(z.string(), z.unknown()),
        status: 200,
      },
      async () => CONFIG,
    ),
  ];
}

function toStatus(host: HostMetrics, now: number): Record<string, unknown> {
  const cpu = rounded(host.cpu, 1);
  const memory = rounded((host.memoryUsedBytes / host.memoryBytes) * 100, 1);
  const disk = rounded(host.disk, 1);
  const health = healthOf({ cpu, memory, disk });
  return {
    timestamp: new Date(now).toISOString().slice(0, 19),
    cpu_percent: cpu,
    ram_percent: memory,
    ram_used_gib: rounded(host.memoryUsedBytes / GIB, 2),
    ram_total_gib: rounded(host.memoryBytes / GIB, 2),
    disk_percent: disk,
    disk_used_gib: rounded(host.diskUsedBytes / GIB, 2),
    disk_total_gib: rounded(host.diskBytes / GIB, 2),
    uptime_seconds: host.uptimeS,
    uptime_hms: hoursMinutesSeconds(host.uptimeS),
    alerts: { cpu: cpu >= CPU_ALERT, ram: memory >= RAM_ALERT },
    ...(health.status !== "unknown" && {
      health: {
        score: health.score,
        status: health.status,
        components: {
          cpu: health.components.cpu,
          ram: health.components.memory,
          disk: health.components.disk,
        },
      },
    }),
  };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** Hours are not bounded: 5025 s is "01:23:45". */
function hoursMinutesSeconds(seconds: number): string {
  const whole = Math.floor(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}
