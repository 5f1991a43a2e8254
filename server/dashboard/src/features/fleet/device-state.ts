import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import type { StateName } from "../../ui/state-name.ts";

/**
 * The one icon that stands for a device. An archived device has its own, because its reports are refused. Not reporting goes before health,
 * because old metrics say nothing. A device that is offline unexpectedly is "absent".
 */
export function shownState(
  device: Pick<DeviceSummary, "presence" | "attention" | "health" | "archivedAt">,
): StateName {
  const { presence, attention, health, archivedAt } = device;
  if (archivedAt !== null) return "archived";
  switch (presence.shown) {
    case "maintenance":
      return "maintenance";
    case "asleep":
      return presence.isAbsent ? "absent" : "asleep";
    case "expired":
      return presence.isAbsent ? "absent" : "expired";
    case "offline":
    case "shutting-down":
    case "restarting":
    case "agent-stopped":
      return presence.isAbsent ? "absent" : "offline";
    case "waiting":
      return "waiting";
    case "online":
    case "late":
      break;
  }
  if (attention.level !== "none") return attention.level;
  if (presence.paused) return "paused";
  if (presence.shown === "late") return "late";
  return health.status === "unknown" ? "unknown" : "ok";
}

/** Whether the device reports, so that its metrics are current. */
export function isReporting({
  presence: { shown, connection },
  archivedAt = null,
}: Pick<DeviceSummary, "presence"> & Partial<Pick<DeviceSummary, "archivedAt">>): boolean {
  if (archivedAt !== null) return false;
  // Maintenance and a missing approval are shown before the connection.
  if (shown === "maintenance" || shown === "waiting") return connection === "online" || connection === "late";
  return shown === "online" || shown === "late";
}

/** Whether the metrics of a device are current. A device may report and have only old ones: paused, or delayed on its way. */
export function hasCurrentMetrics(
  device: Pick<DeviceSummary, "presence" | "areMetricsStale" | "archivedAt">,
): boolean {
  return isReporting(device) && !device.areMetricsStale;
}

/**
 * Since when a device is what it is shown as. A last word counts from when it was sent; of maintenance only the end is known, so
 * it has no beginning.
 */
export function shownSince({
  presence,
  lastReportAt,
  archivedAt,
}: Pick<DeviceSummary, "presence" | "lastReportAt" | "archivedAt">): string | null {
  if (archivedAt !== null) return archivedAt;
  switch (presence.shown) {
    case "maintenance":
      return null;
    case "asleep":
    case "shutting-down":
    case "restarting":
    case "agent-stopped":
    case "offline":
    case "expired":
    case "late":
      return lastReportAt ?? presence.since;
    case "online":
      return presence.since;
    case "waiting":
      // One that reports waits for its approval, and since when is not known.
      return lastReportAt === null ? presence.since : null;
  }
}
