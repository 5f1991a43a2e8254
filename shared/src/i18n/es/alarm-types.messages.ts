import type { AlarmCatalogTexts } from "../../alarms/alarm-type-texts.ts";

const levels = {
  warning: { label: "Umbral de advertencia" },
  critical: { label: "Umbral crítico" },
  clear: {
    label: "Umbral de normalidad",
    hint: "La alarma solo termina más allá de este valor. Vacío: en cuanto no se rebasa ningún umbral.",
  },
  forS: { label: "Durante (segundos)" },
  sharePercent: {
    label: "Proporción de valores (por ciento)",
    hint: "Cuántos de los valores de este tiempo deben rebasar el umbral.",
  },
  clearForS: { label: "Normal durante (segundos)" },
};
const severity = {
  label: "Gravedad",
  choices: { info: "Información", warning: "Advertencia", critical: "Crítico" },
};
const forS = { label: "Durante (segundos)" };

export const alarmTypesEs: AlarmCatalogTexts = {
  metric: {
    label: "Métrica",
    description: "Abre una alarma cuando un valor medido rebasa un umbral durante un tiempo.",
    settings: {
      metric: { label: "Métrica" },
      instances: {
        label: "Sistemas de archivos o interfaces",
        hint: "Nombres en los que * representa cualquier texto. Vacío: todos.",
      },
      operator: {
        label: "Comparación",
        choices: {
          ">": "Por encima de",
          ">=": "Al menos",
          "<": "Por debajo de",
          "<=": "Como máximo",
          "==": "Igual a",
          "!=": "Distinto de",
        },
      },
      ...levels,
    },
  },
  "disk-full": {
    label: "Tiempo hasta disco lleno",
    description:
      "Abre una alarma cuando un sistema de archivos estará lleno en unos días si sigue llenándose así. Los discos que se llenan y vacían en ciclos y las copias grandes aisladas no abren ninguna.",
    settings: {
      instances: {
        label: "Sistemas de archivos",
        hint: "Puntos de montaje, en los que * representa cualquier texto. Vacío: todos.",
      },
      warning: { label: "Advertencia (días)" },
      critical: { label: "Crítico (días)" },
      historyDays: {
        label: "Historial mínimo (días)",
        hint: "No hay pronóstico para un sistema de archivos con menos historial.",
      },
    },
  },
  unusual: {
    label: "Valor inusual",
    description:
      "Abre una alarma cuando una métrica difiere de lo que este dispositivo tiene habitualmente a esta hora de la semana, aprendido de las últimas cuatro semanas.",
    settings: {
      metric: { label: "Métrica" },
      direction: {
        label: "Dirección",
        choices: { above: "Inusualmente alto", below: "Inusualmente bajo", both: "Ambos" },
      },
      factor: {
        label: "Factor",
        hint: "Cuántas veces la dispersión habitual debe separar el valor del valor habitual. Mayor: menos alarmas.",
      },
      severity,
      forS,
    },
  },
  health: {
    label: "Puntuación de salud",
    description:
      "Abre una alarma cuando la puntuación de salud está por debajo de un umbral durante un tiempo.",
    settings: levels,
  },
  "no-data": {
    label: "Sin datos",
    description:
      "Abre una alarma cuando falta una métrica en los informes de un dispositivo. Elija solo dispositivos que puedan medirla.",
    settings: { metric: { label: "Métrica" }, severity, forS },
  },
  attention: {
    label: "Requiere atención",
    description: "Abre una alarma cuando un equipo requiere atención, sea cual sea el motivo.",
    settings: {
      level: { label: "Desde el nivel", choices: { warn: "Advertencia", critical: "Crítico" } },
      severity,
      forS,
    },
  },
  offline: {
    label: "Sin conexión",
    description:
      "Abre una alarma cuando un equipo no envía informes aunque debería. La suspensión, el apagado y el mantenimiento se consideran justificados.",
    settings: { severity, forS },
  },
  expired: {
    label: "No visto desde hace mucho",
    description:
      "Abre una alarma cuando un equipo lleva tanto tiempo sin enviar informes que se muestra como caducado.",
    settings: { severity, forS },
  },
  "reboot-required": {
    label: "Reinicio necesario",
    description: "Abre una alarma cuando un equipo necesita un reinicio desde hace un tiempo.",
    settings: { severity, forS },
  },
  paused: {
    label: "En pausa",
    description: "Abre una alarma cuando un usuario local ha puesto el agente en pausa desde hace un tiempo.",
    settings: { severity, forS },
  },
  "action-failed": {
    label: "Acción fallida",
    description:
      "Abre una alarma cuando falla una acción en un dispositivo. Termina cuando una acción posterior del mismo tipo tiene éxito.",
    settings: { severity },
  },
  "agent-outdated": {
    label: "Agente obsoleto",
    description: "Abre una alarma cuando un agente es más antiguo que el servidor desde hace un tiempo.",
    settings: { severity, forS },
  },
  "clone-suspected": {
    label: "Posible clon",
    description: "Abre una alarma cuando dos máquinas parecen usar las credenciales de un mismo equipo.",
    settings: { severity },
  },
  "device-left": {
    label: "Agente eliminado",
    description: "Abre una alarma cuando el agente de un equipo ha abandonado la organización.",
    settings: { severity },
  },
};
