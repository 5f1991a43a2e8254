import type { DeviceSort, DeviceSummary } from "@muster/shared/contracts/device.ts";

type Compare = (a: DeviceSummary, b: DeviceSummary) => number;

const ATTENTION_RANK = { critical: 0, warn: 1, none: 2 } as const;

const natural: Record<DeviceSort, Compare> = {
  attention: (a, b) =>
    ATTENTION_RANK[a.attention.level] - ATTENTION_RANK[b.attention.level] || numbers(score(a), score(b)),
  name: () => 0,
  score: (a, b) => numbers(score(a), score(b)),
  cpu: (a, b) => numbers(b.metrics.cpu ?? null, a.metrics.cpu ?? null),
  memory: (a, b) => numbers(b.metrics.memory ?? null, a.metrics.memory ?? null),
  disk: (a, b) => numbers(b.metrics.disk ?? null, a.metrics.disk ?? null),
  lastReport: (a, b) => texts(b.lastReportAt ?? "", a.lastReportAt ?? ""),
  customer: (a, b) => texts((a.customer ?? "").toLowerCase(), (b.customer ?? "").toLowerCase()),
};

/** The server's order of a list, so that rows which change can find their place without asking again. Ties go by name, then id. */
export function compareDevices(sort: DeviceSort, order: "asc" | "desc"): Compare {
  const byKey = natural[sort];
  const direction = order === "asc" ? 1 : -1;
  return (a, b) =>
    direction * (byKey(a, b) || texts(a.name.toLowerCase(), b.name.toLowerCase()) || texts(a.id, b.id));
}

function score(device: DeviceSummary): number | null {
  return device.health.status === "unknown" ? null : device.health.score;
}

function numbers(a: number | null, b: number | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a - b;
}

function texts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
