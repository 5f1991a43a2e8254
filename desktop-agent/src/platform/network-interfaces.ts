import { type NetworkInterfaceInfo, networkInterfaces } from "node:os";
import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import { isVirtualInterface } from "@muster/shared/inventory/virtual-interface.ts";

type NetworkInterface = Inventory["networkInterfaces"][number];

/** How to select and rank the interfaces of a system. */
export type InterfaceChoice = {
  isListed?: (name: string) => boolean;
  /** Whether the system reports it as hardware. */
  isHardware?: (name: string) => boolean;
  /** Source addresses that this machine uses for the server, the most likely first. */
  inUse?: readonly string[];
};

const NO_MAC = "00:00:00:00:00:00";
// Addresses that other machines cannot use.
const LINK_LOCAL = /^(127\.|169\.254\.|::1$|fe80:)/i;

/** The system's interfaces; none where a sandbox of the service manager forbids to ask for them. */
export function readNetworkInterfaces(choice?: InterfaceChoice): NetworkInterface[] {
  try {
    return toNetworkInterfaces(networkInterfaces(), choice);
  } catch {
    // The rest of the inventory is worth more than this list.
    return [];
  }
}

/**
 * Interfaces as the inventory lists them: first the one on the route to the server, then hardware, then those with an address that
 * others can use; by name among equals, so that the inventory's hash is stable. A truncated list keeps the important ones. Loopback is
 * left out.
 */
export function toNetworkInterfaces(
  interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>,
  { isListed = () => true, isHardware = () => false, inUse = [] }: InterfaceChoice = {},
): NetworkInterface[] {
  const crowd = countPrefixes(Object.keys(interfaces));
  const rankOf = ({ name, mac, addresses }: NetworkInterface): number => {
    const first = inUse.findIndex((address) => addresses.includes(address));
    if (first >= 0) return first;
    const isReachable = addresses.some((address) => !LINK_LOCAL.test(address));
    if (isHardware(name)) return inUse.length + (isReachable ? 0 : 2);
    return (
      inUse.length +
      (isReachable ? 1 : 4) +
      (isVirtualInterface(name, mac) || (crowd.get(prefixOf(name)) ?? 0) > MAX_CARDS ? 2 : 0)
    );
  };
  return Object.entries(interfaces)
    .filter(([name, infos]) => isListed(name) && infos?.some((info) => !info.internal))
    .map(([name, infos = []]) => ({
      name,
      mac: infos.map(({ mac }) => mac).find((mac) => mac !== NO_MAC),
      addresses: sortAddresses(
        infos.map(({ address }) => address),
        inUse,
      ),
    }))
    .toSorted((a, b) => rankOf(a) - rankOf(b) || (a.name < b.name ? -1 : 1));
}

// No machine has so many cards of one name: these are the ends of pods or guests.
const MAX_CARDS = 32;

const prefixOf = (name: string): string => /^\D*/.exec(name)?.[0] ?? "";

function countPrefixes(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const prefix of names.map(prefixOf)) counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  return counts;
}

// The one in use first, then by their text.
function sortAddresses(addresses: readonly string[], inUse: readonly string[]): string[] {
  const rank = (address: string) => {
    const first = inUse.indexOf(address);
    return first < 0 ? inUse.length : first;
  };
  return addresses.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
