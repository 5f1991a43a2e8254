import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import type { FleetQuery } from "./fleet-query.ts";

/**
 * Whether a row that changed still belongs to a list. The server also searches what a row does not show; `isListed` keeps a row
 * that it found by such a text.
 */
export function matchesQuery(device: DeviceSummary, query: FleetQuery, isListed: boolean): boolean {
  return (
    (device.archivedAt !== null) === query.archived &&
    isAmong(query.attention, device.attention.level) &&
    isAmong(query.presence, device.presence.shown) &&
    isAmong(query.class, device.class) &&
    isAmong(query.osFamily, device.osFamily) &&
    isAmong(query.customer, device.customer) &&
    (query.tag.length === 0 || query.tag.some((tag) => device.tags.includes(tag))) &&
    (!query.paused || device.presence.paused !== null) &&
    (isListed || isFound(device, query.search))
  );
}

function isAmong(wanted: readonly string[], value: string | null): boolean {
  return wanted.length === 0 || (value !== null && wanted.includes(value));
}

function isFound(device: DeviceSummary, search: string): boolean {
  const text = search.trim().toLowerCase();
  if (text === "") return true;
  const places = [
    device.name,
    device.hostname,
    device.user,
    device.serial,
    device.address,
    device.customer,
    ...device.tags,
  ];
  return places.some((place) => place?.toLowerCase().includes(text));
}
