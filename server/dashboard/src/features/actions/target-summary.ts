import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import { isReporting } from "../fleet/shown-state.ts";

/** A device as far as an action on it needs to know it. */
export type ActionTarget = Pick<
  DeviceSummary,
  "id" | "name" | "presence" | "tags" | "user" | "isUserKnown" | "idleSince" | "lastReportAt"
>;

export type Readiness = "online" | "paused" | "silent";

/** When a device will get what is asked of it: at once, when its user ends the pause, or on its return. */
export function readinessOf(device: Pick<ActionTarget, "presence">): Readiness {
  if (!isReporting(device)) return "silent";
  return device.presence.paused === null ? "online" : "paused";
}

export function countReadiness(
  devices: readonly Pick<ActionTarget, "presence">[],
): Record<Readiness, number> {
  const counts = { online: 0, paused: 0, silent: 0 };
  for (const device of devices) counts[readinessOf(device)] += 1;
  return counts;
}
