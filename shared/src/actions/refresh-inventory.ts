import { z } from "zod";
import { InventoryHash } from "../contracts/report.ts";
import { defineAction } from "./define-action.ts";

export const refreshInventory = defineAction({
  type: "refresh-inventory",
  label: { en: "Refresh inventory", fr: "Actualiser l'inventaire" },
  description: {
    en: "Reads hardware, disks and network anew and sends them.",
    fr: "Relit le matériel, les disques et le réseau, et les envoie.",
  },
  danger: "none",
  scope: "act",
  role: "operator",
  payload: z.strictObject({}),
  result: z.strictObject({
    inventoryHash: InventoryHash.meta({
      label: { en: "Fingerprint of the inventory", fr: "Empreinte de l'inventaire" },
    }),
  }),
  validForS: 86_400,
  timeoutS: 300,
  timeoutError: "no-result",
  needsNewBoot: false,
  isCoalesced: true,
});
