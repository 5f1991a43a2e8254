import type { AlarmCatalogTexts } from "../../alarms/alarm-type-texts.ts";

const levels = {
  warning: { label: "Seuil d’avertissement" },
  critical: { label: "Seuil critique" },
  clear: {
    label: "Seuil de retour à la normale",
    hint: "L’alarme ne se termine qu’au-delà de cette valeur. Vide : dès qu’aucun seuil n’est dépassé.",
  },
  forS: { label: "Pendant (secondes)" },
  sharePercent: {
    label: "Part des valeurs (pour cent)",
    hint: "Combien de valeurs doivent dépasser le seuil pendant cette durée.",
  },
  clearForS: { label: "Retour à la normale après (secondes)" },
};
const severity = {
  label: "Gravité",
  choices: { info: "Info", warning: "Avertissement", critical: "Critique" },
};
const forS = { label: "Pendant (secondes)" };

export const alarmTypesFr: AlarmCatalogTexts = {
  metric: {
    label: "Métrique",
    description: "Ouvre une alarme quand une valeur mesurée dépasse un seuil pendant un certain temps.",
    settings: {
      metric: { label: "Métrique" },
      instances: {
        label: "Systèmes de fichiers ou interfaces",
        hint: "Noms dans lesquels * remplace n’importe quel texte. Vide : tous.",
      },
      operator: {
        label: "Comparaison",
        choices: {
          ">": "Supérieur à",
          ">=": "Au moins",
          "<": "Inférieur à",
          "<=": "Au plus",
          "==": "Égal à",
          "!=": "Différent de",
        },
      },
      ...levels,
    },
  },
  "disk-full": {
    label: "Temps avant disque plein",
    description:
      "Ouvre une alarme quand un système de fichiers sera plein dans quelques jours s’il continue à se remplir ainsi. Les disques qui se remplissent et se vident par cycles et les grandes copies isolées n’en ouvrent pas.",
    settings: {
      instances: {
        label: "Systèmes de fichiers",
        hint: "Points de montage, dans lesquels * remplace n’importe quel texte. Vide : tous.",
      },
      warning: { label: "Avertissement (jours)" },
      critical: { label: "Critique (jours)" },
      historyDays: {
        label: "Historique minimal (jours)",
        hint: "Il n’y a pas de prévision pour un système de fichiers qui a moins d’historique.",
      },
    },
  },
  unusual: {
    label: "Valeur inhabituelle",
    description:
      "Ouvre une alarme quand une métrique diffère de ce que cet appareil a d’habitude à ce moment de la semaine, appris des quatre dernières semaines.",
    settings: {
      metric: { label: "Métrique" },
      direction: {
        label: "Sens",
        choices: { above: "Anormalement haute", below: "Anormalement basse", both: "Les deux" },
      },
      factor: {
        label: "Facteur",
        hint: "Combien de fois la dispersion habituelle doit séparer la valeur de la valeur habituelle. Plus grand : moins d’alarmes.",
      },
      severity,
      forS,
    },
  },
  health: {
    label: "Score de santé",
    description: "Ouvre une alarme quand le score de santé reste sous un seuil pendant un certain temps.",
    settings: levels,
  },
  "no-data": {
    label: "Aucune donnée",
    description:
      "Ouvre une alarme quand une mesure manque dans les rapports d’un appareil. Ne choisissez que des appareils qui peuvent la mesurer.",
    settings: { metric: { label: "Métrique" }, severity, forS },
  },
  attention: {
    label: "Attention requise",
    description: "Ouvre une alarme quand un appareil requiert de l’attention, quelle qu’en soit la raison.",
    settings: {
      level: { label: "À partir du niveau", choices: { warn: "Avertissement", critical: "Critique" } },
      severity,
      forS,
    },
  },
  offline: {
    label: "Hors ligne",
    description:
      "Ouvre une alarme quand un appareil n’envoie pas de rapport alors qu’il le devrait. La veille, l’arrêt et la maintenance sont excusés.",
    settings: { severity, forS },
  },
  expired: {
    label: "Sans nouvelles depuis longtemps",
    description:
      "Ouvre une alarme quand un appareil n’a pas envoyé de rapport depuis si longtemps qu’il est considéré comme expiré.",
    settings: { severity, forS },
  },
  "reboot-required": {
    label: "Redémarrage requis",
    description: "Ouvre une alarme quand un appareil a besoin d’un redémarrage depuis un certain temps.",
    settings: { severity, forS },
  },
  paused: {
    label: "En pause",
    description:
      "Ouvre une alarme quand un utilisateur local a mis l’agent en pause depuis un certain temps.",
    settings: { severity, forS },
  },
  "action-failed": {
    label: "Échec d’une action",
    description:
      "Ouvre une alarme quand une action échoue sur un appareil. Elle prend fin quand une action ultérieure du même type réussit.",
    settings: { severity },
  },
  "agent-outdated": {
    label: "Agent obsolète",
    description: "Ouvre une alarme quand un agent est plus ancien que le serveur depuis un certain temps.",
    settings: { severity, forS },
  },
  "clone-suspected": {
    label: "Clone suspecté",
    description:
      "Ouvre une alarme quand deux machines semblent utiliser les identifiants d’un même appareil.",
    settings: { severity },
  },
  "device-left": {
    label: "Agent supprimé",
    description: "Ouvre une alarme quand l’agent d’un appareil a quitté l’organisation.",
    settings: { severity },
  },
};
