import type { trayEn } from "../en/tray.messages.ts";
import type { Translation } from "../translation.ts";

export const trayFr: Translation<typeof trayEn, "many"> = {
  product: "Muster",
  tooltip: {
    score: "{{name}} : {{score}} sur 100",
    state: "{{name}} : {{state}}",
    metrics: "Processeur {{cpu}}, mémoire {{memory}}, disque {{disk}}",
    unknown: "inconnu",
  },
  menu: {
    reboot: "Redémarrage prévu : {{when}}",
    pause: "Pause",
    pauseFor: "Pendant {{duration}}",
    pauseUntilResumed: "Jusqu’à ma reprise",
    pauseForbidden: "La pause est désactivée par {{organization}}",
    pauseElsewhere: "Seul l’utilisateur devant cet ordinateur peut mettre en pause",
    yourOrganization: "votre organisation",
    resume: "Reprendre",
    open: "Ouvrir l’état",
    checkNow: "Vérifier maintenant",
    messages: "Messages",
    messagesUnread_one: "Messages ({{count}} nouveau)",
    messagesUnread_many: "Messages ({{count}} nouveaux)",
    messagesUnread_other: "Messages ({{count}} nouveaux)",
    record: "Ce que le service informatique voit et a fait",
    ask: "Demander de l’aide",
    askNew: "Demander de l’aide (nouveau : {{count}})",
    log: "Voir le journal",
    setup: "Configuration et réglages",
    quit: "Quitter Muster",
    quitTray: "Fermer l’icône",
  },
  notice: {
    from: "{{title}} ({{who}})",
    answer: "{{who}} a répondu à votre demande",
    rebootPlanned: "Un redémarrage est prévu",
    rebootPlannedText: "Prévu : {{when}}. Cliquez pour choisir un autre moment.",
    rebootFixedText: "Prévu : {{when}}.",
    rebootSoon: "Redémarrage dans quelques minutes",
    rebootSoonText_one:
      "Cet ordinateur redémarre dans {{count}} minute. Enregistrez votre travail maintenant.",
    rebootSoonText_many:
      "Cet ordinateur redémarre dans {{count}} de minutes. Enregistrez votre travail maintenant.",
    rebootSoonText_other:
      "Cet ordinateur redémarre dans {{count}} minutes. Enregistrez votre travail maintenant.",
    noTrayHost: "Votre bureau n’affiche pas d’icônes de notification, Muster ouvre donc sa fenêtre.",
  },
  dialog: {
    exportTitle: "Enregistrer le relevé des activités informatiques",
    exportJson: "Fichier JSON",
    exportCsv: "Fichier CSV",
    cannotStart: "Muster ne peut pas démarrer",
  },
};
