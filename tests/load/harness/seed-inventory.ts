/** Hash of the inventory that the server has for every seeded device. */
export const INVENTORY_HASH = "0123456789abcdef";
