import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import type { StateName } from "../../ui/state-icon.tsx";

/**
 * The one shape that stands for a device. Silence goes before figures, because old figures say nothing; silence without an
 * excuse is "absent", a ring in the colour of what is critical.
 */
export function shownState(device: Pick<DeviceSummary, "presence" | "attention" | "health">): StateName {
  const { presence, attention, health } = device;
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

/** Whether the device reports, so that its figures are of the present. */
export function isReporting(device: Pick<DeviceSummary, "presence">): boolean {
  const { shown, connection } = device.presence;
  if (shown === "maintenance") return connection === "online" || connection === "late";
  return shown === "online" || shown === "late";
}

/**
 * Since when a device is what it is shown as. A last word counts from when it was said; of maintenance only the end is known, so
 * it has no beginning.
 */
export function shownSince({
  presence,
  lastReportAt,
}: Pick<DeviceSummary, "presence" | "lastReportAt">): string | null {
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
    case "waiting":
      return presence.since;
  }
}
