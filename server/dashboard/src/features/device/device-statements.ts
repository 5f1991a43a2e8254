import type { DeviceDetail } from "@muster/shared/contracts/device.ts";
import { isReporting, shownSince } from "../fleet/device-state.ts";

const CLOCK_OFF_MS = 60_000;

/** What the page says about a device in its banners. */
export type Statement =
  | "archived"
  | "silent"
  | "clone-credential"
  | "clone-machine"
  | "approval"
  | "approval-unseen"
  | "approval-silent"
  | "paused"
  | "maintenance"
  | "hung"
  | "faults"
  | "clock"
  | "stale"
  | "ignored"
  | "reboot";

/**
 * The statements that are true of a device now, in the order in which they are shown. Of an archived device nothing but that: its reports are
 * refused, so whatever else was true may no longer be.
 */
export function statementsOf(device: DeviceDetail): Statement[] {
  if (device.archivedAt !== null) return ["archived"];
  const { presence, clone, clockOffsetMs, faults, hungFileSystems } = device;
  const reports = isReporting(device);
  const hasReported = device.lastReportAt !== null;
  const when = (holds: boolean, statement: Statement) => (holds ? [statement] : []);
  return [
    // What awaits approval says itself whether it reports.
    ...when(!reports && hasReported && device.isApproved, "silent"),
    ...when(device.isCloneSuspected, clone?.kind === "machine-id" ? "clone-machine" : "clone-credential"),
    ...when(!device.isApproved, reports ? "approval" : hasReported ? "approval-silent" : "approval-unseen"),
    ...when(presence.paused !== null, "paused"),
    ...when(presence.maintenanceUntil !== null, "maintenance"),
    ...when(hungFileSystems.length > 0, "hung"),
    ...when(faults.length > 0, "faults"),
    ...when(clockOffsetMs !== null && Math.abs(clockOffsetMs) >= CLOCK_OFF_MS, "clock"),
    ...when(reports && device.areMetricsStale && device.metricsAt !== null, "stale"),
    ...when(device.ignoredFields.length > 0, "ignored"),
    ...when(device.rebootRequired, "reboot"),
  ];
}

/** What the heading calls a device, and since when: null where that is not known. */
export type PresenceStatement = {
  name: "archived" | "approval" | DeviceDetail["presence"]["shown"];
  since: string | null;
  /** How much of this time no server ran, in milliseconds. */
  unobservedMs: number;
};

export function presenceStatement(device: DeviceDetail): PresenceStatement {
  const since = shownSince(device);
  if (device.archivedAt !== null) return { name: "archived", since, unobservedMs: 0 };
  const { shown } = device.presence;
  const isWaitingForApproval = shown === "waiting" && device.lastReportAt !== null;
  const unobservedMs = since === null ? 0 : device.unobservedS * 1_000;
  return { name: isWaitingForApproval ? "approval" : shown, since, unobservedMs };
}
