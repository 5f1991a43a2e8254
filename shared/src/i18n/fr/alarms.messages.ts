import type { alarmsEn } from "../en/alarms.messages.ts";
import type { Translation } from "../translation.ts";

export const alarmsFr: Translation<typeof alarmsEn> = {
  severity: {
    info: "information",
    warning: "avertissement",
    critical: "critique",
  },
  metric: {
    cpu: "Utilisation du processeur",
    memory: "Utilisation de la mémoire",
    swap: "Utilisation du swap",
    disk: "Utilisation du disque",
    diskFree: "Espace disque libre",
    load: "Charge",
    netIn: "Débit de réception",
    netOut: "Débit d’envoi",
    diskRead: "Débit de lecture du disque",
    diskWrite: "Débit d’écriture du disque",
    temperature: "Température",
    battery: "Charge de la batterie",
  },
  series: {
    fileSystem: {
      used: "Utilisation de {{instance}}",
      free: "Espace libre sur {{instance}}",
    },
    networkInterface: {
      in: "Débit de réception de {{instance}}",
      out: "Débit d’envoi de {{instance}}",
    },
  },
  score: "Santé",
  level: {
    above: "{{what}} au-dessus de {{threshold}}",
    below: "{{what}} au-dessous de {{threshold}}",
  },
  sentence: {
    value: "{{device}} : {{what}} {{value}}",
    limit: "{{device}} : {{what}} {{value}}, limite {{threshold}}",
    about: "{{device}} : {{text}}",
    since: "Depuis : {{time}}.",
  },
  forecast: {
    title: "{{instance}} plein dans environ {{days}}",
    sentence:
      "{{device}} : {{instance}} sera plein dans environ {{days}}. {{free}} sont libres, et {{perDay}} de plus sont occupés chaque jour, d’après les derniers {{history}}.",
  },
  unusual: {
    above: "{{what}} : valeur anormalement haute",
    below: "{{what}} : valeur anormalement basse",
    sentence:
      "{{device}} : {{what}} {{value}}. À ce moment de la semaine, les valeurs habituelles vont de {{low}} à {{high}}, d’après {{count}} moyennes sur quatre semaines.",
  },
  type: {
    "no-data": {
      title: "Aucune donnée",
      sentence: "{{device}} n’envoie pas de données : {{text}}.",
    },
    attention: {
      title: "Attention requise",
      sentence: "{{device}} requiert votre attention.",
    },
    offline: {
      title: "Hors ligne",
      sentence: "{{device}} n’envoie plus de rapports.",
    },
    expired: {
      title: "Sans nouvelles depuis longtemps",
      sentence: "{{device}} n’a pas envoyé de rapport depuis longtemps.",
    },
    "reboot-required": {
      title: "Redémarrage requis",
      sentence: "{{device}} doit être redémarré.",
    },
    paused: {
      title: "Agent en pause",
      sentence: "L’agent sur {{device}} est en pause.",
    },
    "action-failed": {
      title: "Échec d’une action",
      sentence: "Une action a échoué sur {{device}}.",
    },
    "agent-outdated": {
      title: "Agent obsolète",
      sentence: "L’agent sur {{device}} est obsolète : {{text}}.",
    },
    "clone-suspected": {
      title: "Clone suspecté",
      sentence: "Deux machines semblent utiliser les identifiants de {{device}}.",
    },
    "device-left": {
      title: "Agent supprimé",
      sentence: "L’agent de {{device}} a quitté l’organisation.",
    },
    "help-request": {
      title: "Demande d’aide : {{text}}",
      sentence: "Demande d’aide depuis {{device}} : {{text}}",
    },
    "channel-failing": {
      title: "Canal en échec: {{text}}",
      sentence: "Rien n’a été accepté par « {{text}} » depuis une heure.",
    },
    outage: {
      title: "Panne suspectée",
      sentence: "De nombreux appareils ont cessé d’envoyer des rapports en même temps.",
    },
  },
  siteOutage: {
    title: "Panne suspectée: {{site}}",
    sentence: "{{count}} appareils d’un même site ont cessé d’envoyer des rapports en même temps: {{site}}.",
  },
  unnamed: {
    device: "appareil inconnu",
    alarm: "Alarme",
    version: "version inconnue",
  },
  endReason: {
    cleared: "Retour à la normale",
    resolved: "Fermée par {{name}}",
    withdrawn: "Fermée par la personne qui l’a envoyée",
    "channel-off": "Canal désactivé ou supprimé",
    "device-archived": "Appareil archivé",
    "device-removed": "Appareil supprimé",
    "rule-changed": "Règle modifiée",
    "rule-off": "Règle désactivée",
    "rule-removed": "Règle supprimée",
    replaced: "Remplacée par une autre alarme",
  },
};
