import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import { type NetworkInterfaceInfo, networkInterfaces } from "node:os";

type NetworkInterface = Inventory["networkInterfaces"][number];

const NO_MAC = "00:00:00:00:00:00";

/** The system's interfaces; none where a sandbox of the service manager forbids to ask for them. */
export function readNetworkInterfaces(isListed?: (name: string) => boolean): NetworkInterface[] {
  try {
    return toNetworkInterfaces(networkInterfaces(), isListed);
  } catch {
    // The rest of the inventory is worth more than this list.
    return [];
  }
}

/** Interfaces as the inventory lists them, in a fixed order so that its hash stays the same. Loopback is left out. */
export function toNetworkInterfaces(
  interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>,
  isListed: (name: string) => boolean = () => true,
): NetworkInterface[] {
  return Object.entries(interfaces)
    .filter(([name, infos]) => isListed(name) && infos?.some((info) => !info.internal))
    .map(([name, infos = []]) => ({
      name,
      mac: infos.map(({ mac }) => mac).find((mac) => mac !== NO_MAC),
      addresses: infos.map(({ address }) => address).toSorted(),
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
