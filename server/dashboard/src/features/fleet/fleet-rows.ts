import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import type { DevicesEvent } from "@muster/shared/contracts/stream.ts";
import { matchesQuery } from "./device-match.ts";
import { compareDevices, sortDevices } from "./device-order.ts";
import type { FleetQuery } from "./fleet-query.ts";

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
 * Takes in what the stream says: figures change in their rows at once; a row that would move, come or go is only noted as
 * misplaced. `resort` puts them right.
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
        : belongs && isInPlace(place, rows.order, devices, compare);
    if (isRight) misplaced.delete(device.id);
    else misplaced.add(device.id);
  }
  return { ...rows, devices, misplaced };
}

/** Puts every row where it belongs. What falls behind the last loaded row comes again with its page. */
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

function isInPlace(
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
