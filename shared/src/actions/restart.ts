import { z } from "zod";
import { line } from "../contracts/text.ts";
import { defineAction } from "./define-action.ts";

export const restart = defineAction({
  type: "restart",
  label: { en: "Restart agent", fr: "Redémarrer l'agent" },
  description: {
    en: "Restarts Muster's agent. Nothing else on the machine is touched.",
    fr: "Redémarre l'agent de Muster. Rien d'autre n'est touché sur la machine.",
  },
  danger: "none",
  scope: "act",
  role: "operator",
  payload: z.strictObject({}),
  result: z.strictObject({
    agentVersion: line(40).meta({ label: { en: "Agent version", fr: "Version de l'agent" } }),
  }),
  validForS: 86_400,
  timeoutS: 300,
  timeoutError: "no-result",
  needsNewBoot: false,
  isCoalesced: true,
});
