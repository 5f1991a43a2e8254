import { z } from "zod";
import { defineAction } from "./define-action.ts";

export const cancelReboot = defineAction({
  type: "cancel-reboot",
  label: { en: "Cancel reboot", fr: "Annuler le redémarrage" },
  description: {
    en: "Calls off a shutdown or reboot that is scheduled on the machine, whoever scheduled it.",
    fr: "Annule un arrêt ou un redémarrage programmé sur la machine, quel qu'en soit l'auteur.",
  },
  danger: "none",
  scope: "reboot",
  role: "operator",
  payload: z.strictObject({}),
  result: z.strictObject({
    wasScheduled: z
      .boolean()
      .meta({ label: { en: "A reboot was scheduled", fr: "Un redémarrage était prévu" } }),
  }),
  validForS: 3600,
  timeoutS: 120,
  timeoutError: "no-result",
  needsNewBoot: false,
  isCoalesced: true,
});
