import type { Inventory } from "@muster/shared/contracts/inventory.ts";

/** Addresses of all interfaces together that are stored: far more than a machine has, unless it makes them up. */
const MAX_STORED_ADDRESSES = 512;

/** The inventory with at most 512 addresses: those of the first interfaces. */
export function boundInventory(inventory: Inventory): Inventory {
  const { networkInterfaces } = inventory;
  const count = networkInterfaces.reduce((sum, { addresses }) => sum + addresses.length, 0);
  if (count <= MAX_STORED_ADDRESSES) return inventory;
  let left = MAX_STORED_ADDRESSES;
  const bounded = networkInterfaces.map((one) => {
    const addresses = one.addresses.slice(0, left);
    left -= addresses.length;
    return { ...one, addresses };
  });
  return { ...inventory, networkInterfaces: bounded };
}
