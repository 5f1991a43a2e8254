import { isIPv4 } from "node:net";
import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import { isVirtualInterface } from "@muster/shared/inventory/virtual-interface.ts";
import { toServerTime } from "./device-clock.ts";
import type { DeviceChanges } from "./ingest-row.ts";

/** Addresses by which a device is found. A search reads them of every device. */
const MAX_LISTED_ADDRESSES = 64;
const LINK_LOCAL = /^(127\.|169\.254\.|::1$|fe80:)/i;
// Shared between carriers and their customers, and used by VPNs for their members.
const CARRIER_GRADE = /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;

/** The columns of an inventory that lists show and search. */
export function inventoryColumns(
  { hash, body }: { hash: string; body: Inventory },
  clockOffsetMs: number,
): DeviceChanges {
  const groups = reachableAddresses(body);
  const likeliest = groups[0] ?? [];
  return {
    inventory_hash: hash,
    hostname: body.hostname,
    os_family: body.os.family,
    os_name: body.os.name,
    class_guess: body.classGuess,
    serial: body.hardware.serial ?? null,
    model: body.hardware.model ?? null,
    macs: [...new Set(body.networkInterfaces.flatMap(({ mac }) => (mac ? [mac] : [])))]
      .slice(0, MAX_LISTED_ADDRESSES)
      .join("\n"),
    address: likeliest.find((address) => isIPv4(address)) ?? likeliest[0] ?? null,
    addresses: groups.flat().slice(0, MAX_LISTED_ADDRESSES).join("\n"),
    agent_version: body.agent.version,
    booted_at: toServerTime(body.bootedAt, clockOffsetMs),
  };
}

/**
 * Addresses that others can reach the device by, in groups: those of real interfaces, then what may be a VPN's, then those of
 * interfaces that software made. Inside a group the agent's order counts: it puts the interface that leads to this server first.
 */
function reachableAddresses({ networkInterfaces }: Inventory): string[][] {
  const groups: [string[], string[], string[]] = [[], [], []];
  for (const { name, mac, addresses } of networkInterfaces) {
    for (const address of addresses.filter((candidate) => !LINK_LOCAL.test(candidate))) {
      if (isVirtualInterface(name, mac)) groups[2].push(address);
      else groups[CARRIER_GRADE.test(address) ? 1 : 0].push(address);
    }
  }
  return groups.filter((group) => group.length > 0);
}
