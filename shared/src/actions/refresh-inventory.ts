import { z } from "zod";
import { InventoryHash } from "../contracts/report.ts";
import { defineAction } from "./define-action.ts";

export const refreshInventory = defineAction({
  type: "refresh-inventory",
  label: "Refresh inventory",
  description: "Reads hardware, disks and network anew and sends them.",
  impact: "none",
  scope: "act",
  role: "operator",
  payload: z.strictObject({}),
  result: z.strictObject({
    inventoryHash: InventoryHash.meta({
      label: "Fingerprint of the inventory",
    }),
  }),
  validForS: 86_400,
  timeoutS: 300,
  timeoutError: "no-result",
  needsNewBoot: false,
  isCoalesced: true,
});
