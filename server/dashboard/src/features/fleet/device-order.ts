import type { DeviceSort, DeviceSummary } from "@muster/shared/contracts/device.ts";
import { compareSortKeys, naturalSortKey } from "@muster/shared/natural-order.ts";
import { sortKeyOf } from "./fleet-columns.tsx";
import type { SortKey } from "./fleet-column.ts";

/** The server's order of a list, so that rows which change find their place without asking again. Ties go by name, then id. */
export function compareDevices(
  sort: DeviceSort,
  order: "asc" | "desc",
): (a: DeviceSummary, b: DeviceSummary) => number {
  const key = sortKeyOf(sort);
  const direction = order === "asc" ? 1 : -1;
  return (a, b) =>
    direction * (compare(key(a), key(b)) || compare(nameKey(a), nameKey(b)) || compare(a.id, b.id));
}

/** Devices in the server's order. What they are ordered by is worked out once for each. */
export function sortDevices(
  devices: readonly DeviceSummary[],
  sort: DeviceSort,
  order: "asc" | "desc",
): DeviceSummary[] {
  const key = sortKeyOf(sort);
  const direction = order === "asc" ? 1 : -1;
  return devices
    .map((device) => ({ device, key: key(device), name: nameKey(device) }))
    .toSorted(
      (a, b) =>
        direction * (compare(a.key, b.key) || compare(a.name, b.name) || compare(a.device.id, b.device.id)),
    )
    .map(({ device }) => device);
}

const nameKeys = new WeakMap<DeviceSummary, string>();

function nameKey(device: DeviceSummary): string {
  const known = nameKeys.get(device);
  if (known !== undefined) return known;
  const key = naturalSortKey(device.name);
  nameKeys.set(device, key);
  return key;
}

function compare(a: SortKey, b: SortKey): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return compareSortKeys(String(a), String(b));
}
