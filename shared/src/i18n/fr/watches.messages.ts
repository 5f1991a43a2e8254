import type { watchesEn } from "../en/watches.messages.ts";
import type { Translation } from "../translation.ts";

export const watchesFr: Translation<typeof watchesEn, "many"> = {
  online: "M’avertir de son retour",
  offline: "M’avertir s’il passe hors ligne",
  ended: "M’avertir de la fin",
  active: "Vous recevrez un e-mail. Cliquez pour annuler.",
  started: "Vous recevrez un e-mail à ce sujet.",
  stopped: "Aucun e-mail ne sera envoyé.",
};
