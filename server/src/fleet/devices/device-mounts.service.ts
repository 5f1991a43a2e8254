import type { DeviceDetail } from "@muster/shared/contracts/device.ts";
import { MAX_EXCLUDED_MOUNTS } from "@muster/shared/protocol/agent-protocol.ts";
import type { HeldLevel } from "@muster/shared/health/held-status.ts";
import { healthOf } from "@muster/shared/health/score.ts";
import type { Clock } from "../../platform/clock.ts";
import { MusterError } from "../../platform/errors.ts";
import { readFacts } from "../ingest/device-facts.ts";
import type { ChangeDevice, ChangedBy } from "./device-change.ts";
import type { DetailRow } from "./device-row.ts";
import { readExclusions } from "./excluded-mounts.ts";
import type { Tenant } from "../../platform/tenant.ts";

/** Excludes file systems of a device from monitoring. Throws `not-found` for a device that the tenant does not reach. */
export type DeviceMounts = {
  /** Nothing of `mount` counts from now on. Throws `conflict` when the device has too many exclusions. */
  exclude(tenant: Tenant, deviceId: string, mount: string, by: ChangedBy): Promise<DeviceDetail>;
  include(tenant: Tenant, deviceId: string, mount: string, by: ChangedBy): Promise<DeviceDetail>;
};

export function createDeviceMounts(deps: { clock: Clock; changeDevice: ChangeDevice }): DeviceMounts {
  const { clock, changeDevice } = deps;
  return {
    exclude: (tenant, deviceId, mount, by) =>
      changeDevice(tenant, deviceId, by, (row) => {
        const before = readExclusions(row.excluded_mounts);
        if (before.some((exclusion) => exclusion.mount === mount)) return null;
        if (before.length >= MAX_EXCLUDED_MOUNTS) {
          throw new MusterError(
            "conflict",
            `This device has ${MAX_EXCLUDED_MOUNTS} excluded file systems already. Include one again first.`,
          );
        }
        const after = [...before, { mount, by: by.actor.name, at: clock.now() }];
        return {
          columns: { excluded_mounts: JSON.stringify(after) },
          ...(readFacts(row.facts).diskMount === mount && { heldLevel: levelWithoutDisk(row) }),
          action: "device.mount-excluded",
          details: { mount },
        };
      }),

    include: (tenant, deviceId, mount, by) =>
      changeDevice(tenant, deviceId, by, (row) => {
        const before = readExclusions(row.excluded_mounts);
        const after = before.filter((exclusion) => exclusion.mount !== mount);
        if (after.length === before.length) return null;
        return {
          columns: { excluded_mounts: JSON.stringify(after) },
          action: "device.mount-included",
          details: { mount },
        };
      }),
  };
}

/** The level of the score that counts, no worse than without the disk. The next reports bring another disk and the score with it. */
function levelWithoutDisk({ held_level: held, cpu, memory }: DetailRow): HeldLevel {
  const { status } = healthOf({ cpu: cpu ?? undefined, memory: memory ?? undefined, disk: 0 });
  if (status === "critical") return held;
  return status === "warn" && held > 0 ? 1 : 0;
}
