import type { watchesEn } from "../en/watches.messages.ts";
import type { Translation } from "../translation.ts";

export const watchesFr: Translation<typeof watchesEn, "many"> = {
  online: "M’avertir de son retour",
  offline: "M’avertir s’il passe hors ligne",
  ended: "M’avertir de la fin",
  active: "Vous serez averti une fois. Appuyez pour annuler.",
  started: "Vous serez averti une fois.",
  stopped: "Vous ne serez pas averti.",
};
