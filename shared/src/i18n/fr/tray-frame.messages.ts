import type { trayFrameEn } from "../en/tray-frame.messages.ts";
import type { Translation } from "../translation.ts";

export const trayFrameFr: Translation<typeof trayFrameEn, "many"> = {
  title: {
    status: "État",
    log: "Journal",
    messages: "Messages",
    record: "Ce que le service informatique voit et a fait",
    setup: "Configuration et réglages",
    reboot: "Redémarrage",
    ask: "Demander de l’aide",
  },
  documentTitle: "{{window}} – Muster",
  frame: {
    loading: "Chargement…",
    unread: "Le chargement a échoué.",
    retry: "Réessayer",
    broken: "Cette fenêtre a cessé de fonctionner. Fermez-la et rouvrez-la.",
    details: "Détails",
    windows: "Autres fenêtres",
    links: {
      log: "Journal",
      messages: "Messages",
      messagesNew: "Messages (nouveaux : {{count}})",
      record: "Ce qui est vu",
      setup: "Réglages",
    },
  },
  refused: {
    "not-at-console": "Seul l’utilisateur devant cet ordinateur peut le faire.",
    "pause-forbidden": "Votre organisation ne permet pas la mise en pause.",
    "not-enrolled": "Cet ordinateur n’est pas encore configuré.",
    unknown: "Cela n’existe plus.",
    over: "C’est déjà terminé.",
    "too-late": "Ce moment est plus tard que ce qui est permis.",
    "no-postponements-left": "Le redémarrage ne peut plus être reporté.",
    "too-many": "Trop de demandes ou de messages sont en cours. Attendez, ou fermez-en un d’abord.",
    failed: "La demande a échoué.",
    failedBecause: "La demande a échoué : {{message}}",
  },
  level: {
    ok: "ok",
    warn: "avertissement",
    critical: "critique",
    paused: "en pause",
    offline: "hors ligne",
    unknown: "inconnu",
  },
};
