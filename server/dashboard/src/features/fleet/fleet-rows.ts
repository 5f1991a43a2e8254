import type { DeviceSort, DeviceSummary } from "@muster/shared/contracts/device.ts";
import type { DevicesEvent } from "@muster/shared/contracts/stream.ts";
import { compareSortKeys, naturalSortKey } from "@muster/shared/natural-order.ts";
import type { SortKey } from "./fleet-column.ts";
import { sortKeyOf } from "./fleet-columns.tsx";
import type { FleetQuery } from "./fleet-query.ts";
import { NO_CUSTOMER } from "@muster/shared/customers.ts";
import { nameKeyOf } from "@muster/shared/name-key.ts";

/**
 * The rows of a list: what is known of each device, the order that is shown, and which devices are out of their place since
 * that order was made. `isWhole` is true when the server has no further page.
 */
export type FleetRows = {
  devices: ReadonlyMap<string, DeviceSummary>;
  order: readonly string[];
  misplaced: ReadonlySet<string>;
  isWhole: boolean;
};

export const NO_ROWS: FleetRows = { devices: new Map(), order: [], misplaced: new Set(), isWhole: false };

/** Adds the next page below what is there. A device that the stream already placed stays where it is. */
export function addPage(
  rows: FleetRows,
  page: { items: DeviceSummary[]; nextCursor: string | null },
): FleetRows {
  const devices = new Map(rows.devices);
  const order = [...rows.order];
  const listed = new Set(order);
  for (const device of page.items) {
    devices.set(device.id, device);
    if (listed.has(device.id)) continue;
    listed.add(device.id);
    order.push(device.id);
  }
  return { devices, order, misplaced: rows.misplaced, isWhole: page.nextCursor === null };
}

/**
 * Applies changes of the stream: values change in their rows immediately; a row that would move, appear or go is only marked as
 * misplaced. `resort` moves them.
 */
export function applyChanges(rows: FleetRows, event: DevicesEvent, query: FleetQuery): FleetRows {
  const devices = new Map(rows.devices);
  const misplaced = new Set(rows.misplaced);
  const places = new Map(rows.order.map((id, index) => [id, index]));
  const compare = compareDevices(query.sort, query.order);
  for (const id of event.removed) {
    if (!places.has(id)) continue;
    devices.delete(id);
    misplaced.add(id);
  }
  for (const device of event.changed) {
    const place = places.get(device.id);
    const belongs = matchesQuery(device, query, place !== undefined);
    if (place === undefined && !belongs) {
      misplaced.delete(device.id);
      devices.delete(device.id);
      continue;
    }
    devices.set(device.id, device);
    const isRight =
      place === undefined
        ? !isWithin(device, rows, devices, compare)
        : belongs && isInPosition(place, rows.order, devices, compare);
    if (isRight) misplaced.delete(device.id);
    else misplaced.add(device.id);
  }
  return { ...rows, devices, misplaced };
}

/** Puts every row where it belongs. A row that falls behind the last loaded one is read again with its page. */
export function resort(rows: FleetRows, query: FleetQuery): FleetRows {
  if (rows.misplaced.size === 0) return rows;
  const candidates = new Set([...rows.order, ...rows.misplaced]);
  const kept = [...candidates]
    .map((id) => rows.devices.get(id))
    .filter((device) => device !== undefined)
    .filter((device) => matchesQuery(device, query, true));
  const sorted = sortDevices(kept, query.sort, query.order);
  return {
    ...rows,
    devices: new Map(sorted.map((device) => [device.id, device])),
    order: sorted.map(({ id }) => id),
    misplaced: new Set(),
  };
}

function isInPosition(
  place: number,
  order: readonly string[],
  devices: ReadonlyMap<string, DeviceSummary>,
  compare: (a: DeviceSummary, b: DeviceSummary) => number,
): boolean {
  const device = devices.get(order[place] ?? "");
  const before = devices.get(order[place - 1] ?? "");
  const after = devices.get(order[place + 1] ?? "");
  if (!device) return false;
  return (!before || compare(before, device) <= 0) && (!after || compare(device, after) <= 0);
}

function isWithin(
  device: DeviceSummary,
  rows: FleetRows,
  devices: ReadonlyMap<string, DeviceSummary>,
  compare: (a: DeviceSummary, b: DeviceSummary) => number,
): boolean {
  if (rows.isWhole) return true;
  const last = devices.get(rows.order.at(-1) ?? "");
  return last !== undefined && compare(device, last) < 0;
}

/**
 * Whether a row that changed still belongs to a list. The server also searches what a row does not show; `isListed` keeps a row
 * that it found by such a text.
 */
function matchesQuery(device: DeviceSummary, query: FleetQuery, isListed: boolean): boolean {
  return (
    (device.archivedAt !== null) === query.archived &&
    isAmong(query.attention, device.attention.level) &&
    isAmong(query.presence, device.presence.shown) &&
    isAmong(query.class, device.class) &&
    isAmong(query.osFamily, device.osFamily) &&
    isAmong(query.customer.map(nameKeyOf), device.customer && nameKeyOf(device.customer)) &&
    isAmong(query.customerId, device.customerId ?? NO_CUSTOMER) &&
    isAmong(query.osName, device.osName) &&
    isAmong(query.agentVersion, device.agentVersion) &&
    isAmong(query.user, device.user) &&
    (!query.rebootRequired || device.rebootRequired) &&
    (query.tag.length === 0 || query.tag.some((tag) => device.tags.includes(tag))) &&
    (!query.paused || device.presence.paused !== null) &&
    (isListed || isFound(device, query.search))
  );
}

function isAmong(wanted: readonly string[], value: string | null): boolean {
  return wanted.length === 0 || (value !== null && wanted.includes(value));
}

function isFound(device: DeviceSummary, search: string): boolean {
  const terms = nameKeyOf(search).split(" ");
  const places = [
    device.name,
    device.hostname,
    device.user,
    device.serial,
    device.address,
    device.customer,
    ...device.tags,
  ];
  const text = places.map((place) => nameKeyOf(place ?? "")).join("\n");
  return terms.every((term) => text.includes(term));
}

/** The server's order of a list, so that rows which change find their place without asking again. Ties go by name, then id. */
export function compareDevices(
  sort: DeviceSort,
  order: "asc" | "desc",
): (a: DeviceSummary, b: DeviceSummary) => number {
  const key = sortKeyOf(sort);
  const direction = order === "asc" ? 1 : -1;
  return (a, b) =>
    direction *
    (compareKeys(key(a), key(b)) || compareKeys(nameKey(a), nameKey(b)) || compareKeys(a.id, b.id));
}

/** Devices in the server's order. The sort key is computed once for each. */
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
        direction *
        (compareKeys(a.key, b.key) || compareKeys(a.name, b.name) || compareKeys(a.device.id, b.device.id)),
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

function compareKeys(a: SortKey, b: SortKey): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return compareSortKeys(String(a), String(b));
}
