import type { DeviceSummary } from "@muster/shared/contracts/device.ts";

/** A device that reports and is well, for tests; `part` is what matters to the test. */
export function makeDevice(part: Partial<DeviceSummary> & { id: string }): DeviceSummary {
  return {
    name: part.id,
    hostname: part.id,
    osFamily: "linux",
    osName: null,
    class: "server",
    customer: null,
    customerId: null,
    tags: [],
    presence: {
      shown: "online",
      connection: "online",
      since: "2026-01-15T12:00:00.000Z",
      lastWord: null,
      paused: null,
      maintenanceUntil: null,
      isAbsent: false,
    },
    health: {
      status: "ok",
      score: 100,
      components: { cpu: 100, memory: 100, disk: 100 },
      lost: { cpu: 0, memory: 0, disk: 0 },
    },
    attention: { level: "none", reasons: [] },
    metrics: { cpu: 10, memory: 20, disk: 30 },
    metricsAt: "2026-01-15T12:00:00.000Z",
    areMetricsStale: false,
    user: null,
    isUserKnown: true,
    idleSince: null,
    rebootRequired: false,
    address: null,
    serial: null,
    agentVersion: null,
    lastReportAt: "2026-01-15T12:00:00.000Z",
    archivedAt: null,
    ...part,
  };
}

/** The same device with an attention level of its own. */
export function needy(device: DeviceSummary, level: "warn" | "critical"): DeviceSummary {
  return { ...device, attention: { level, reasons: [{ kind: "health", level, score: 50 }] } };
}
