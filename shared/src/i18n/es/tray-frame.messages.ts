import type { trayFrameEn } from "../en/tray-frame.messages.ts";
import type { Translation } from "../translation.ts";

export const trayFrameEs: Translation<typeof trayFrameEn, "many"> = {
  title: {
    status: "Estado",
    log: "Registro",
    messages: "Mensajes",
    record: "Qué ve y qué ha hecho TI",
    setup: "Configuración y ajustes",
    reboot: "Reinicio",
    ask: "Pedir ayuda a TI",
  },
  documentTitle: "{{window}} – Muster",
  frame: {
    loading: "Cargando…",
    unread: "No se ha podido cargar.",
    retry: "Reintentar",
    broken: "Esta ventana ha dejado de funcionar. Ciérrela y vuelva a abrirla.",
    details: "Detalles",
    windows: "Otras ventanas",
    links: {
      log: "Registro",
      messages: "Mensajes",
      messagesNew: "Mensajes (nuevos: {{count}})",
      record: "Qué ve TI",
      setup: "Ajustes",
    },
  },
  refused: {
    "not-at-console": "Solo puede hacerlo el usuario que está ante este equipo.",
    "pause-forbidden": "Su organización no permite la pausa.",
    "not-enrolled": "Este equipo aún no está configurado.",
    unknown: "Ya no existe.",
    over: "Ya ha terminado.",
    "too-late": "Ese momento es posterior a lo permitido.",
    "no-postponements-left": "El reinicio ya no se puede aplazar más.",
    "too-many": "Hay demasiadas solicitudes o mensajes pendientes. Espere o cierre uno primero.",
    failed: "La solicitud ha fallado.",
    failedBecause: "La solicitud ha fallado: {{message}}",
  },
  level: {
    ok: "bien",
    warn: "advertencia",
    critical: "crítico",
    paused: "en pausa",
    offline: "sin conexión",
    unknown: "desconocido",
  },
};
