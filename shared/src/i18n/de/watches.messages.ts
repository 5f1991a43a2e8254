import type { watchesEn } from "../en/watches.messages.ts";
import type { Translation } from "../translation.ts";

export const watchesDe: Translation<typeof watchesEn> = {
  online: "Melden, wenn es wieder da ist",
  offline: "Melden, wenn es offline geht",
  ended: "Melden, wenn es endet",
  active: "Sie erhalten eine Mail. Drücken zum Abbestellen.",
  started: "Sie erhalten dazu eine Mail.",
  stopped: "Es wird keine Mail gesendet.",
};
