import type { CatalogTexts } from "../../actions/action-texts.ts";

export const catalogEs: CatalogTexts = {
  message: {
    label: "Mensaje",
    description: "Muestra un texto a todas las personas que han iniciado sesión.",
    payload: {
      title: { label: "Título" },
      text: { label: "Texto" },
      urgency: { label: "Urgencia", choices: { low: "Baja", normal: "Normal", urgent: "Urgente" } },
      buttons: {
        label: "Botones",
        hint: "Respuestas para elegir, Intro añade una. La que se pulse le llegará de vuelta.",
      },
    },
    result: { shown: "Mostrado a", notShown: "No mostrado a", pressed: "Respuesta" },
  },
  restart: {
    label: "Reiniciar el agente",
    description: "Reinicia el agente de Muster. No se toca nada más en la máquina.",
    payload: {},
    result: { agentVersion: "Versión del agente" },
  },
  reboot: {
    label: "Reiniciar el equipo",
    description:
      "Reinicia el sistema operativo. Solo está hecho cuando la máquina ha vuelto con otro identificador de arranque.",
    payload: {
      delayMinutes: { label: "Retraso (minutos)" },
      message: { label: "Motivo, mostrado al usuario" },
      postponements: {
        label: "Se puede aplazar (veces)",
        hint: "0: la persona ante la máquina no puede aplazarlo.",
      },
      postponableHours: { label: "Aplazable durante (horas)" },
    },
    result: {
      bootIdBefore: "Identificador de arranque antes",
      bootIdAfter: "Identificador de arranque después",
    },
  },
  "cancel-reboot": {
    label: "Cancelar el reinicio",
    description: "Anula un apagado o un reinicio programado en la máquina, sea quien sea quien lo programó.",
    payload: {},
    result: { wasScheduled: "Había un reinicio programado" },
  },
  "refresh-inventory": {
    label: "Actualizar el inventario",
    description: "Vuelve a leer el hardware, los discos y la red, y los envía.",
    payload: {},
    result: { inventoryHash: "Huella del inventario" },
  },
  "collect-agent-log": {
    label: "Obtener el registro del agente",
    description:
      "Recoge las últimas líneas del registro del propio agente. No se puede pedir ningún otro archivo.",
    payload: { lines: { label: "Líneas" } },
    result: { lines: "Registro" },
  },
};
