import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import type { NetworkInterfaceInfo } from "node:os";

type NetworkInterface = Inventory["networkInterfaces"][number];

const NO_MAC = "00:00:00:00:00:00";

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
