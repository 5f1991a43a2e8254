import type { LegacySystem } from "@muster/shared/contracts/legacy-system.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import { readTargetRows } from "./device-target.repository.ts";
import { nameOf } from "./device-row.ts";
import type { Tenant } from "../../platform/tenant.ts";

/** What other modules need to know about a device before they act on it. */
export type DeviceTarget = {
  id: string;
  name: string;
  customerId: string | null;
  isArchived: boolean;
  isCloneSuspected: boolean;
  isApproved: boolean;
  isPaused: boolean;
  isOnline: boolean;
  /** Set for a device of a legacy system, which gets actions without an envelope. */
  legacy: { system: LegacySystem; machineId: string } | null;
};

/** Looks devices up by id. Those that the tenant does not reach are left out. */
export type FindDeviceTargets = (
  tenant: Tenant,
  deviceIds: readonly string[],
) => Promise<Map<string, DeviceTarget>>;

const DEVICES_PER_READ = 200;

export function createFindDeviceTargets({ store, clock }: { store: Store; clock: Clock }): FindDeviceTargets {
  return async (tenant, deviceIds) => {
    const targets = new Map<string, DeviceTarget>();
    const now = clock.now();
    for (let start = 0; start < deviceIds.length; start += DEVICES_PER_READ) {
      const rows = await readTargetRows(store.read, tenant, deviceIds.slice(start, start + DEVICES_PER_READ));
      for (const row of rows) {
        targets.set(row.id, {
          id: row.id,
          name: nameOf(row),
          customerId: row.customer_id,
          isArchived: row.archived_at !== null,
          isCloneSuspected: row.clone_suspected_at !== null,
          isApproved: row.approved_at !== null,
          isPaused: row.is_paused === 1 && (row.paused_until === null || row.paused_until > now),
          isOnline: row.connection === "online" || row.connection === "late",
          legacy: row.origin === "muster" ? null : { system: row.origin, machineId: row.machine_id },
        });
      }
    }
    return targets;
  };
}
