import type { CloneDecision, DeviceChange, DeviceDetail } from "@muster/shared/contracts/device.ts";
import { callApi } from "./client.ts";
import { paths } from "./paths.ts";

export function changeDevice(id: string, body: DeviceChange): Promise<DeviceDetail> {
  return callApi("device", paths.device(id), { method: "PATCH", body });
}

export function deviceVerb(id: string, verb: "archive" | "restore" | "approve"): Promise<DeviceDetail> {
  return callApi("device", paths.deviceVerb(id, verb), { method: "POST" });
}

export function decideClone(id: string, body: CloneDecision): Promise<DeviceDetail> {
  return callApi("device", paths.deviceVerb(id, "clone-decision"), { method: "POST", body });
}

export async function purgeDevice(id: string): Promise<void> {
  await callApi("nothing", paths.device(id), { method: "DELETE" });
}
