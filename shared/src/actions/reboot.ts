import { z } from "zod";
import { line, lines } from "../contracts/text.ts";
import { defineAction } from "./define-action.ts";

export const reboot = defineAction({
  type: "reboot",
  label: { en: "Reboot", fr: "Redémarrer la machine" },
  description: {
    en: "Restarts the operating system. Done only when the machine is back with another boot id.",
    fr: "Redémarre le système. Terminé seulement quand la machine est revenue avec un autre identifiant de démarrage.",
  },
  danger: "work",
  scope: "reboot",
  role: "operator",
  payload: z.strictObject({
    /** Minutes from the start until the machine goes down. */
    delayMinutes: z
      .number()
      .int()
      .min(0)
      .max(1440)
      .default(1)
      .meta({ label: { en: "Delay (minutes)", fr: "Délai (minutes)" } }),
    message: lines(500)
      .default("")
      .meta({ label: { en: "Reason, shown to the user", fr: "Raison, montrée à l'utilisateur" } }),
    /** How often the person at the machine may postpone it. */
    postponements: z
      .number()
      .int()
      .min(0)
      .max(10)
      .default(0)
      .meta({
        label: { en: "May be postponed (times)", fr: "Peut être reporté (fois)" },
        hint: {
          en: "0: the person at the machine cannot postpone it.",
          fr: "0 : la personne devant la machine ne peut pas le reporter.",
        },
      }),
    /** Hours after the start beyond which it cannot be postponed. */
    postponableHours: z
      .number()
      .int()
      .min(0)
      .max(72)
      .default(0)
      .meta({ label: { en: "Postponable for (hours)", fr: "Reportable pendant (heures)" } }),
  }),
  result: z.strictObject({
    bootIdBefore: line(64).meta({ label: { en: "Boot id before", fr: "Identifiant de démarrage avant" } }),
    bootIdAfter: line(64).meta({ label: { en: "Boot id after", fr: "Identifiant de démarrage après" } }),
  }),
  validForS: 3600,
  timeoutS: 15 * 60,
  timeoutError: "not-back",
  needsNewBoot: true,
  isCoalesced: true,
});
