import type { watchesEn } from "../en/watches.messages.ts";
import type { Translation } from "../translation.ts";

export const watchesEs: Translation<typeof watchesEn, "many"> = {
  online: "Avisarme cuando vuelva",
  offline: "Avisarme si se desconecta",
  ended: "Avisarme cuando termine",
  active: "Recibirá un correo. Pulse para cancelar.",
  started: "Recibirá un correo sobre esto.",
  stopped: "No se enviará ningún correo.",
};
