import type { AvailabilityState } from "@muster/shared/contracts/availability.ts";
import type { Connection, ShownPresence } from "@muster/shared/contracts/device.ts";

/** The facts that decide whether a device is available: those that are stored with every change of its status. */
export type AvailabilityFacts = {
  connection: Connection;
  isAbsent: boolean;
  isApproved: boolean;
  shown: ShownPresence;
};

/** What a device is from `at` on. With `sinceLastReport` it is so since its last report, which may be earlier than `at`. */
export type AvailabilityChange = {
  /** Null for an archived device: nothing is recorded. */
  to: AvailabilityState | null;
  reason: ShownPresence | null;
  at: number;
  sinceLastReport: boolean;
};

/**
 * A device that reports is up, also during maintenance or a pause. A late one is still up: when it goes offline, its last report ends
 * that time. Offline it is down or, with an excuse (decision 0031), excused. Until it was approved and has reported, nothing is known.
 */
function availabilityOf({ connection, isAbsent, isApproved }: AvailabilityFacts): AvailabilityState {
  if (!isApproved) return "unknown";
  switch (connection) {
    case "waiting":
      return "unknown";
    case "online":
    case "late":
      return "up";
    case "offline":
    case "expired":
      return isAbsent ? "down" : "excused";
  }
}

/** The change between two statuses of a device at `at`; null when its availability stays as it is. A null status is an archived device. */
export function availabilityChange(
  before: AvailabilityFacts | null,
  after: AvailabilityFacts | null,
  at: number,
): AvailabilityChange | null {
  const from = before && availabilityOf(before);
  const to = after && availabilityOf(after);
  if (from === to) return null;
  const reason = after === null || to === "up" ? null : after.shown;
  return { to, reason, at, sinceLastReport: from === "up" && (to === "down" || to === "excused") };
}
