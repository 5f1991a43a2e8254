import { actionBlockOf } from "@muster/shared/actions/action-block.ts";
import type { DeviceDetail } from "@muster/shared/contracts/device.ts";

/** Whether the server takes actions for a device; for any other none is offered. */
export function mayBeActedOn(
  device: Pick<DeviceDetail, "archivedAt" | "isApproved" | "isCloneSuspected">,
): boolean {
  return actionBlockOf({ ...device, isArchived: device.archivedAt !== null }) === null;
}
