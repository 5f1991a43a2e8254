import type { pushEn } from "../en/push.messages.ts";
import type { Translation } from "../translation.ts";

export const pushEs: Translation<typeof pushEn, "many"> = {
  title: "Notificaciones push",
  label: "Notificaciones push en este navegador",
  hint: "También cuando Muster no está abierto en ninguna pestaña. Al cerrar la sesión aquí se terminan.",
  insecure: "Los navegadores solo aceptan notificaciones push de páginas con HTTPS o de este ordenador.",
  denied: "Este navegador bloquea las notificaciones de esta página. Permítalas en su configuración.",
  missing:
    "Este navegador no admite notificaciones push. En un iPhone o iPad, añada Muster a la pantalla de inicio y ábralo desde allí.",
  policies:
    "Las directivas de notificación deciden de qué alarmas se le avisa; lo que usted vigila también se comunica aquí.",
  toPolicies: "Ir a las directivas",
  failed: "No se pudo registrar este navegador.",
  ended:
    "Las notificaciones push de este navegador han terminado. Puede activarlas de nuevo en el menú de su nombre.",
  browsers: "Sus navegadores",
  thisBrowser: "este navegador",
  since: "Desde",
  lastSent: "Última notificación",
  test: "Probar",
  remove: "Quitar",
  sent: "El servicio push aceptó la notificación tras {{time}}.",
  notSent: "El servicio push no aceptó la notificación.",
};
