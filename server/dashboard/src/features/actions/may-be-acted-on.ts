import type { DeviceDetail } from "@muster/shared/contracts/device.ts";

/** Whether the server takes actions for a device: what is archived, unapproved or held is refused, so nothing is offered. */
export function mayBeActedOn(
  device: Pick<DeviceDetail, "archivedAt" | "isApproved" | "isCloneSuspected">,
): boolean {
  return device.archivedAt === null && device.isApproved && !device.isCloneSuspected;
}
