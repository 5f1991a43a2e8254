import type { alarmsEn } from "../en/alarms.messages.ts";
import type { Translation } from "../translation.ts";

export const alarmsEs: Translation<typeof alarmsEn> = {
  severity: {
    info: "información",
    warning: "advertencia",
    critical: "crítico",
  },
  metric: {
    cpu: "Uso de la CPU",
    memory: "Uso de la memoria",
    swap: "Uso del espacio de intercambio",
    disk: "Uso del disco",
    diskFree: "Espacio libre en disco",
    load: "Carga",
    netIn: "Velocidad de recepción",
    netOut: "Velocidad de envío",
    diskRead: "Velocidad de lectura del disco",
    diskWrite: "Velocidad de escritura del disco",
    temperature: "Temperatura",
    battery: "Carga de la batería",
  },
  series: {
    fileSystem: {
      used: "Uso de {{instance}}",
      free: "Espacio libre en {{instance}}",
    },
    networkInterface: {
      in: "Velocidad de recepción de {{instance}}",
      out: "Velocidad de envío de {{instance}}",
    },
  },
  score: "Salud",
  level: {
    above: "{{what}}: por encima de {{threshold}}",
    below: "{{what}}: por debajo de {{threshold}}",
  },
  sentence: {
    value: "{{device}}: {{what}} {{value}}",
    limit: "{{device}}: {{what}} {{value}}, límite {{threshold}}",
    about: "{{device}}: {{text}}",
    since: "Desde: {{time}}.",
  },
  forecast: {
    title: "{{instance}} lleno en unos {{days}}",
    sentence:
      "{{device}}: {{instance}} estará lleno en unos {{days}}. Hay {{free}} libres y cada día se ocupan {{perDay}} más, según los últimos {{history}}.",
  },
  unusual: {
    above: "{{what}}: valor inusualmente alto",
    below: "{{what}}: valor inusualmente bajo",
    sentence:
      "{{device}}: {{what}} {{value}}. A esta hora de la semana lo habitual es de {{low}} a {{high}}, según {{count}} promedios de cuatro semanas.",
  },
  type: {
    "no-data": {
      title: "Sin datos",
      sentence: "{{device}} no envía datos: {{text}}.",
    },
    attention: {
      title: "Requiere atención",
      sentence: "{{device}} requiere atención.",
    },
    offline: {
      title: "Sin conexión",
      sentence: "{{device}} no envía informes.",
    },
    expired: {
      title: "No visto desde hace mucho",
      sentence: "{{device}} no envía informes desde hace mucho tiempo.",
    },
    "reboot-required": {
      title: "Reinicio necesario",
      sentence: "{{device}} necesita un reinicio.",
    },
    paused: {
      title: "Agente en pausa",
      sentence: "El agente de {{device}} está en pausa.",
    },
    "action-failed": {
      title: "Acción fallida",
      sentence: "Ha fallado una acción en {{device}}.",
    },
    "agent-outdated": {
      title: "Agente obsoleto",
      sentence: "El agente de {{device}} está obsoleto: {{text}}.",
    },
    "clone-suspected": {
      title: "Posible clon",
      sentence: "Parece que dos equipos usan la credencial de {{device}}.",
    },
    "device-left": {
      title: "Agente eliminado",
      sentence: "El agente de {{device}} ha abandonado la organización.",
    },
    "help-request": {
      title: "Solicitud de ayuda: {{text}}",
      sentence: "Solicitud de ayuda desde {{device}}: {{text}}",
    },
    "channel-failing": {
      title: "Canal con fallos: {{text}}",
      sentence: "Nada se ha aceptado por «{{text}}» desde hace una hora.",
    },
    outage: {
      title: "Posible caída",
      sentence: "Muchos equipos dejaron de enviar informes al mismo tiempo.",
    },
  },
  siteOutage: {
    title: "Posible caída: {{site}}",
    sentence: "{{count}} equipos de una sede dejaron de enviar informes al mismo tiempo: {{site}}.",
  },
  unnamed: {
    device: "equipo desconocido",
    alarm: "Alarma",
    version: "versión desconocida",
  },
  endReason: {
    cleared: "Vuelta a la normalidad",
    resolved: "Cerrada por {{name}}",
    withdrawn: "Cerrada por quien pidió ayuda",
    "channel-off": "Canal desactivado o eliminado",
    "device-archived": "Equipo archivado",
    "device-removed": "Equipo eliminado",
    "rule-changed": "Regla modificada",
    "rule-off": "Regla desactivada",
    "rule-removed": "Regla eliminada",
    replaced: "Sustituida por otra alarma",
  },
};
