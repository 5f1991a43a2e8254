import { z } from "zod";
import { InventoryHash } from "../contracts/inventory.ts";
import { defineAction } from "./define-action.ts";

export const refreshInventory = defineAction({
  type: "refresh-inventory",
  label: "Refresh inventory",
  description: "Collects hardware, disk and network details again and sends them.",
  impact: "none",
  scope: "act",
  role: "operator",
  payload: z.strictObject({}),
  result: z.strictObject({
    inventoryHash: InventoryHash.meta({
      label: "Inventory hash",
    }),
  }),
  validForS: 86_400,
  timeoutS: 300,
  timeoutError: "no-result",
  needsNewBoot: false,
  isCoalesced: true,
});
