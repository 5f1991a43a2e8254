/** Hash of the inventory that every seeded device is known to have. */
export const INVENTORY_HASH = "0123456789abcdef";
