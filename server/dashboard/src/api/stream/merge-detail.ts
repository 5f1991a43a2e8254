import type { DeviceDetail, DeviceSummary } from "@muster/shared/contracts/device.ts";

/** What a row says newer about a device that is open; undefined when that device is not open. */
export function mergeDetail(known: DeviceDetail | undefined, row: DeviceSummary): DeviceDetail | undefined {
  return known === undefined ? undefined : { ...known, ...row };
}
