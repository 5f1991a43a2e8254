import { Inventory } from "@muster/shared/contracts/inventory.ts";
import { createInventoryCollector } from "../../collectors/inventory.collector.ts";
import type { InventoryPort } from "../ports.ts";

const Readings = Inventory.omit({ agent: true });

/** Takes an inventory as the agent does, and checks it against the contract. */
export async function collectInventory(port: InventoryPort) {
  const collected = await createInventoryCollector(port).collect(new AbortController().signal);
  if (collected.kind === "skip") throw new Error(collected.reason);
  return Readings.parse(collected.value);
}
