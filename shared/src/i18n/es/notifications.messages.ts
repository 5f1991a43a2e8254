import type { Translation } from "../translation.ts";
import type { notificationsEn } from "../en/notifications.messages.ts";

export const notificationsEs: Translation<typeof notificationsEn> = {
  severity: {
    info: "Información",
    warning: "Advertencia",
    critical: "Crítica",
  },
  kind: {
    opened: "Alarma nueva",
    reopened: "La alarma ha vuelto",
    escalated: "La alarma es ahora más grave",
    unstable: "La alarma cambia a menudo",
    acknowledged: "Confirmada",
    ended: "La alarma ha terminado",
    reminder: "Sigue abierta y sin confirmar",
    commented: "Comentario nuevo",
    assigned: "Asignada",
  },
  acknowledgedBy: "Confirmada por {{name}}",
  many: "{{count}} mensajes de alarma",
  more: "y {{count}} más",
  wasShort: "Empezó a las {{from}} y terminó a las {{to}}.",
  device: "Dispositivo",
  rule: "Regla",
  since: "Desde",
  ended: "Terminada",
  openDevice: "Abrir el dispositivo",
  acknowledge: "Confirmar esta alarma",
  acknowledgeHint: "El enlace es solo para usted y es válido durante siete días.",
  reason: "Recibe este mensaje por las directivas de notificación de su organización.",
  note: {
    silence: {
      title: "{{author}} ha silenciado alarmas hasta {{time}}",
      devices: "Dispositivos del silencio",
      link: "Abrir los silencios",
      reason: "Recibe esto porque es propietario de la organización.",
    },
  },
  test: {
    title: "Mensaje de prueba",
    text: "Esto es una prueba del canal «{{name}}». No hay ninguna alarma.",
  },
  confirm: {
    title: "Confirmar una dirección",
    ask: "¿Quiere recibir mensajes de alarma en esta dirección?",
    button: "Sí, quiero recibirlos",
    done: "Los mensajes de alarma se envían a esta dirección.",
    invalid: "Este enlace no es válido. Pida otro mensaje de prueba.",
    link: "Confirmar que quiere mensajes de alarma en esta dirección",
  },
  page: {
    title: "Confirmar una alarma",
    ask: "Al confirmarla, todos saben que usted se ocupa de ella.",
    button: "Confirmar",
    done: "Ha confirmado esta alarma.",
    already: "{{name}} ya ha confirmado esta alarma.",
    over: "Esta alarma ha terminado. No hay nada que confirmar.",
    invalid: "Este enlace no es válido. Puede tener más de siete días. Abra la alarma en Muster.",
  },
};
