import type { trayFrameEn } from "../en/tray-frame.messages.ts";
import type { Translation } from "../translation.ts";

export const trayFrameDe: Translation<typeof trayFrameEn> = {
  title: {
    status: "Status",
    log: "Protokoll",
    messages: "Nachrichten",
    record: "Was die IT sieht und getan hat",
    setup: "Einrichtung und Einstellungen",
    reboot: "Neustart",
    ask: "IT fragen",
  },
  documentTitle: "{{window}} – Muster",
  frame: {
    loading: "Wird geladen…",
    unread: "Das Laden ist fehlgeschlagen.",
    retry: "Erneut versuchen",
    broken: "Dieses Fenster funktioniert nicht mehr. Schließen Sie es, und öffnen Sie es erneut.",
    details: "Details",
    windows: "Weitere Fenster",
    links: {
      log: "Protokoll",
      messages: "Nachrichten",
      messagesNew: "Nachrichten ({{count}} neu)",
      record: "Was die IT sieht",
      setup: "Einstellungen",
    },
  },
  refused: {
    "not-at-console": "Das kann nur der Benutzer an diesem Rechner.",
    "pause-forbidden": "Ihre Organisation erlaubt kein Pausieren.",
    "not-enrolled": "Dieser Rechner ist noch nicht eingerichtet.",
    unknown: "Das gibt es nicht mehr.",
    over: "Das ist bereits beendet.",
    "too-late": "Dieser Zeitpunkt ist später als erlaubt.",
    "no-postponements-left": "Der Neustart lässt sich nicht noch einmal verschieben.",
    "too-many":
      "Es sind zu viele Anfragen oder Nachrichten offen. Warten Sie, oder schließen Sie zuerst eine.",
    failed: "Die Anforderung ist fehlgeschlagen.",
    failedBecause: "Die Anforderung ist fehlgeschlagen: {{message}}",
  },
  level: {
    ok: "ok",
    warn: "Warnung",
    critical: "kritisch",
    paused: "pausiert",
    offline: "offline",
    unknown: "unbekannt",
  },
};
