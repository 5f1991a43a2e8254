import type { CatalogTexts } from "../../actions/action-texts.ts";

export const catalogEs: CatalogTexts = {
  message: {
    label: "Mensaje",
    description: "Muestra un texto a todos los usuarios con sesión iniciada.",
    payload: {
      title: { label: "Título" },
      text: { label: "Texto" },
      urgency: { label: "Urgencia", choices: { low: "Baja", normal: "Normal", urgent: "Urgente" } },
      buttons: {
        label: "Botones",
        hint: "Respuestas posibles. Pulse Intro después de cada una. La respuesta elegida aparece en el resultado.",
      },
    },
    result: { shown: "Mostrado a", notShown: "No mostrado a", pressed: "Respuesta" },
  },
  restart: {
    label: "Reiniciar el agente",
    description: "Reinicia el agente de Muster. La máquina en sí no se reinicia.",
    payload: {},
    result: { agentVersion: "Versión del agente" },
  },
  reboot: {
    label: "Reiniciar el equipo",
    description: "Reinicia el sistema operativo. Termina cuando la máquina vuelve a enviar informes.",
    payload: {
      delayMinutes: { label: "Retraso (minutos)" },
      message: { label: "Mensaje para el usuario" },
      postponements: {
        label: "Aplazamientos permitidos",
        hint: "0: el usuario no puede aplazar el reinicio.",
      },
      postponableHours: { label: "Se puede aplazar durante (horas)" },
    },
    result: {
      bootIdBefore: "Identificador de arranque antes",
      bootIdAfter: "Identificador de arranque después",
    },
  },
  "cancel-reboot": {
    label: "Cancelar el reinicio",
    description:
      "Cancela cualquier apagado o reinicio programado en la máquina, sin importar quién lo programó.",
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
    description: "Obtiene las últimas líneas del registro del agente. No accede a ningún otro archivo.",
    payload: { lines: { label: "Líneas" } },
    result: { lines: "Registro" },
  },
};
