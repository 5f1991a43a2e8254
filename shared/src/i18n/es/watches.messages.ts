import type { watchesEn } from "../en/watches.messages.ts";
import type { Translation } from "../translation.ts";

export const watchesEs: Translation<typeof watchesEn, "many"> = {
  online: "Avisarme cuando vuelva",
  offline: "Avisarme si se desconecta",
  ended: "Avisarme cuando termine",
  active: "Se le avisará una vez. Pulse para cancelar.",
  started: "Se le avisará una vez.",
  stopped: "No se le avisará.",
};
