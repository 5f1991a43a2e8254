import type { InventoryPort } from "../platform/ports.ts";
import type { InventoryCollector } from "./collector.ts";
import { fitInventory } from "./fit-inventory.ts";

/** What the machine is made of and what system runs on it. */
export function createInventoryCollector(inventory: InventoryPort): InventoryCollector {
  return {
    name: "inventory",
    section: "inventory",
    timeoutMs: 60_000,
    async collect(signal) {
      return { kind: "value", value: fitInventory(await inventory.read(signal)) };
    },
  };
}
