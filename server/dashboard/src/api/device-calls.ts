import type {
  CloneDecision,
  DeviceChange,
  DeviceDetail,
  MountChange,
} from "@muster/shared/contracts/device.ts";
import { callApi } from "./client.ts";
import { paths } from "./paths.ts";

export function changeDevice(id: string, body: DeviceChange, ifMatch: number | "*"): Promise<DeviceDetail> {
  return callApi("device", paths.device(id), { method: "PATCH", body, ifMatch });
}

export function deviceVerb(id: string, verb: "archive" | "restore" | "approve"): Promise<DeviceDetail> {
  return callApi("device", paths.deviceVerb(id, verb), { method: "POST" });
}

export function decideClone(id: string, body: CloneDecision): Promise<DeviceDetail> {
  return callApi("device", paths.deviceVerb(id, "clone-decision"), { method: "POST", body });
}

/** Excludes a file system from monitoring, or includes it again. */
export function changeMount(
  { id, version: ifMatch }: DeviceDetail,
  verb: "exclude" | "include",
  mount: string,
): Promise<DeviceDetail> {
  const body: MountChange = { mount };
  return callApi("device", paths.deviceVerb(id, `${verb}-mount`), { method: "POST", body, ifMatch });
}

export async function purgeDevice(id: string): Promise<void> {
  await callApi("nothing", paths.device(id), { method: "DELETE" });
}
