import type { trayEn } from "../en/tray.messages.ts";
import type { Translation } from "../translation.ts";

export const trayDe: Translation<typeof trayEn> = {
  product: "Muster",
  tooltip: {
    score: "{{name}}: {{score}} von 100",
    state: "{{name}}: {{state}}",
    metrics: "CPU {{cpu}}, Arbeitsspeicher {{memory}}, Datenträger {{disk}}",
    unknown: "unbekannt",
  },
  menu: {
    reboot: "Neustart geplant: {{when}}",
    pause: "Pause",
    pauseFor: "Für {{duration}}",
    pauseUntilResumed: "Bis ich fortsetze",
    pauseForbidden: "Pausieren ist deaktiviert durch: {{organization}}",
    pauseElsewhere: "Nur der Benutzer an diesem Rechner kann pausieren",
    yourOrganization: "Ihre Organisation",
    resume: "Fortsetzen",
    open: "Status öffnen",
    checkNow: "Jetzt prüfen",
    messages: "Nachrichten",
    messagesUnread_one: "Nachrichten ({{count}} neu)",
    messagesUnread_other: "Nachrichten ({{count}} neu)",
    record: "Was die IT sieht und getan hat",
    log: "Protokoll ansehen",
    setup: "Einrichtung und Einstellungen",
    quit: "Muster beenden",
    quitTray: "Symbol schließen",
  },
  notice: {
    from: "{{title}} ({{who}})",
    rebootPlanned: "Ein Neustart ist geplant",
    rebootPlannedText: "Geplant: {{when}}. Klicken Sie, um eine andere Zeit zu wählen.",
    rebootFixedText: "Geplant: {{when}}.",
    rebootSoon: "Neustart in wenigen Minuten",
    rebootSoonText_one: "Dieser Rechner startet in {{count}} Minute neu. Speichern Sie jetzt Ihre Arbeit.",
    rebootSoonText_other: "Dieser Rechner startet in {{count}} Minuten neu. Speichern Sie jetzt Ihre Arbeit.",
    noTrayHost: "Ihr Desktop zeigt keine Symbole im Infobereich, daher öffnet Muster sein Fenster.",
  },
  dialog: {
    exportTitle: "Aufzeichnung der IT-Aktivitäten speichern",
    exportJson: "JSON-Datei",
    exportCsv: "CSV-Datei",
    cannotStart: "Muster kann nicht starten",
  },
};
