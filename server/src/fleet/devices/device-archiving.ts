import type { Clock } from "../../platform/clock.ts";
import { connectionOf, deadlinesOf } from "../presence/connection.ts";
import type { PresenceClock } from "../presence/presence-clock.ts";
import type { DeviceRow } from "./device-row.ts";
import type { PlannedChange } from "./write-device-changes.ts";

/** Plans the archiving of a device and its restoration; null for a device that is archived or not archived already. */
export type DeviceArchiving = {
  /** `at` is now when left out. */
  archive(row: DeviceRow, at?: number): PlannedChange | null;
  restore(row: DeviceRow, offlineAfterS: number): PlannedChange | null;
};

export function createDeviceArchiving(deps: { clock: Clock; presenceClock: PresenceClock }): DeviceArchiving {
  const { clock, presenceClock } = deps;
  return {
    archive: (row, at = clock.now()) =>
      row.archived_at === null ? { columns: { archived_at: at }, action: "device.archived" } : null,
    restore(row, offlineAfterS) {
      if (row.archived_at === null) return null;
      const deviceClass = row.class_chosen ?? row.class_guess;
      const deadlines = deadlinesOf({ intervalS: row.interval_s, offlineAfterS, deviceClass });
      const connection = connectionOf(row.last_seen_at, presenceClock.now(), deadlines);
      return { columns: { archived_at: null, connection }, action: "device.restored" };
    },
  };
}
