import type { DeviceFilter } from "@muster/shared/contracts/device.ts";
import type { Read } from "../../platform/read-threads/read.ts";
import type { Tenant } from "../../platform/tenant.ts";
import { type MatchedDevices, matchDevices } from "./device-match.repository.ts";

type DeviceMatching = { tenant: Tenant; filter: DeviceFilter; now: number; maxIds: number };

/** The ids of the devices that match a filter, and their number. */
export const deviceMatchRead: Read<DeviceMatching, MatchedDevices> = {
  name: "devices.match",
  open:
    ({ read }) =>
    ({ tenant, filter, now, maxIds }, turn) =>
      matchDevices(read, tenant, filter, { now, maxIds, pause: () => turn.pause() }),
};
