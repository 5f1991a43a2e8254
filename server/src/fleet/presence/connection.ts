import type { Connection } from "@muster/shared/contracts/device.ts";
import type { DeviceClass } from "@muster/shared/contracts/inventory.ts";

/** Intervals without a report after which a device is late. */
export const LATE_AFTER_INTERVALS = 2.5;
const HOUR_MS = 3_600_000;
const EXPIRED_AFTER_MS: Record<DeviceClass, number> = {
  server: 24 * HOUR_MS,
  vm: 24 * HOUR_MS,
  desktop: 14 * 24 * HOUR_MS,
  laptop: 14 * 24 * HOUR_MS,
};

/** Time without a report after which each state begins, in milliseconds of observed time. */
export type Deadlines = { lateMs: number; offlineMs: number; expiredMs: number };

/** The deadlines of a device that reports every `intervalS` seconds. With a long interval it is not offline before it is late. */
export function deadlinesOf(input: {
  intervalS: number;
  offlineAfterS: number;
  deviceClass: DeviceClass;
}): Deadlines {
  const lateMs = input.intervalS * 1000 * LATE_AFTER_INTERVALS;
  const offlineMs = Math.max(input.offlineAfterS * 1000, lateMs);
  return { lateMs, offlineMs, expiredMs: Math.max(EXPIRED_AFTER_MS[input.deviceClass], offlineMs) };
}

/** The connection of a device that was last seen at the observed time `lastSeenAt`; null means never. */
export function connectionOf(
  lastSeenAt: number | null,
  observedNow: number,
  deadlines: Deadlines,
): Connection {
  if (lastSeenAt === null) return "waiting";
  const ageMs = observedNow - lastSeenAt;
  if (ageMs > deadlines.expiredMs) return "expired";
  if (ageMs > deadlines.offlineMs) return "offline";
  if (ageMs > deadlines.lateMs) return "late";
  return "online";
}
