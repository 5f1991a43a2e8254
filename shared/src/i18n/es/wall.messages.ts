import type { wallEn } from "../en/wall.messages.ts";
import type { Translation } from "../translation.ts";

export const wallEs: Translation<typeof wallEn, "many"> = {
  title: "Pantalla mural",
  revoked: "Este enlace ya no funciona",
  revokedHint: "Su clave fue revocada o ha caducado. Abra un enlace nuevo o inicie sesión.",
  criticalAlarms: "Alarmas críticas",
  warningAlarms: "Advertencias",
  attention: "Requieren atención",
  well: "En buen estado",
  absent: "Sin informes",
  asleep: "En suspensión",
  maintenance: "Mantenimiento",
  stale: "Sin respuesta desde {{time}}",
  fullScreen: "Pantalla completa",
  alarms: "Alarmas abiertas",
  calm: "Ninguna alarma abierta",
  more_one: "y {{count}} más",
  more_other: "y {{count}} más",
  nobody: "Nadie todavía",
  link: "Enlace para una pantalla grande",
  linkHint: "Abre la pantalla mural sin iniciar sesión. Revoque la clave para desactivarla.",
  more_many: "y {{count}} más",
};
