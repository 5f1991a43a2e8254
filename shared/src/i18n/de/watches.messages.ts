import type { watchesEn } from "../en/watches.messages.ts";
import type { Translation } from "../translation.ts";

export const watchesDe: Translation<typeof watchesEn> = {
  online: "Melden, wenn es wieder da ist",
  offline: "Melden, wenn es offline geht",
  ended: "Melden, wenn es endet",
  active: "Sie erfahren es einmal. Zum Abbestellen drücken.",
  started: "Sie erfahren es einmal.",
  stopped: "Sie erfahren es nicht mehr.",
};
