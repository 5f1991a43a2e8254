import type {
  CloneDecision,
  DeviceChange,
  DeviceDetail,
  MountChange,
} from "@muster/shared/contracts/device.ts";
import type { DeviceEdit, NewDeviceEdit } from "@muster/shared/contracts/device-edit.ts";
import { callApi, type QueryValue } from "./client.ts";
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

export function editDevices(body: NewDeviceEdit): Promise<DeviceEdit> {
  return callApi("deviceEdit", paths.deviceEdits, { method: "POST", body });
}

export function readEdit(id: string): Promise<DeviceEdit> {
  return callApi("deviceEdit", paths.deviceEdit(id));
}

export function undoEdit(id: string): Promise<DeviceEdit> {
  return callApi("deviceEdit", paths.deviceEditUndo(id), { method: "POST" });
}

/** How many devices a filter matches now. */
export async function countDevices(query: Readonly<Record<string, QueryValue>>): Promise<number> {
  return (await callApi("deviceCount", paths.deviceCount, { query })).count;
}
