import type { actionsEn } from "../en/actions.messages.ts";
import type { Translation } from "../translation.ts";

export const actionsDe: Translation<typeof actionsEn> = {
  title: "Aktionen",
  intro: "Alle auf Geräten angeforderten Aktionen mit Ergebnis. Neueste zuerst.",
  state: {
    pending: "ausstehend",
    delivered: "zugestellt",
    executing: "läuft",
    done: "erledigt",
    error: "Fehler",
    expired: "abgelaufen",
    cancelled: "abgebrochen",
  },
  danger: { none: "Geringe Auswirkung", moment: "Kurze Unterbrechung", work: "Unterbricht Benutzer" },
  step: {
    asked: "angefordert von {{name}}",
    delivered: "zugestellt",
    "lease-over": "nicht rechtzeitig begonnen, wieder ausstehend",
    started: "begonnen",
    shown: "angezeigt",
    read: "gelesen",
    postponed: "verschoben",
    "counting-down": "Countdown läuft",
    "cancel-asked": "Abbruch angefordert",
    corrected: "berichtigt: {{state}}",
    until: "bis {{time}}",
    answerUntil: "(Antwort möglich bis {{time}})",
    label: "Ablauf",
  },
  replaced: "durch eine neuere Anforderung ersetzt",
  waits: {
    offline: "ausstehend: Gerät offline",
    paused: "ausstehend: vom Benutzer pausiert",
    held: "ausstehend: zwei Rechner verwenden dieselben Zugangsdaten",
    "approval-pending": "ausstehend: Gerät nicht genehmigt",
  },
  errors: {
    failed: {
      text: "Die Aktion ist fehlgeschlagen.",
      todo: "Lesen Sie die Meldung des Geräts, beheben Sie dort die Ursache, und versuchen Sie es erneut.",
    },
    interrupted: {
      text: "Der Agent wurde unterbrochen. Die Aktion wurde möglicherweise nur teilweise ausgeführt.",
      todo: "Prüfen Sie den Rechner, bevor Sie es erneut versuchen.",
    },
    "not-back": {
      text: "Der Rechner ist nach dem Neustart nicht zurückgekehrt.",
      todo: "Prüfen Sie ihn vor Ort oder über seine Konsole. Kehrt der Rechner zurück, wird das Ergebnis automatisch berichtigt.",
    },
    "no-result": {
      text: "Das Gerät hat die Aktion begonnen, aber kein Ergebnis gemeldet.",
      todo: "Prüfen Sie, ob das Gerät noch Berichte sendet. Trifft später ein Ergebnis ein, ersetzt es dieses.",
    },
    "forbidden-by-device": {
      text: "Die Liste erlaubter Aktionen auf dem Rechner lässt diese Aktion nicht zu.",
      todo: "Der Administrator des Rechners kann diese Liste in einer Datei auf dem Rechner ändern.",
    },
    "not-supported": {
      text: "Der Agent auf diesem Rechner unterstützt diese Aktion nicht.",
      todo: "Aktualisieren Sie den Agenten, oder führen Sie die Aktion manuell aus.",
    },
    "nobody-reached": {
      text: "Die Nachricht hat keinen Benutzer erreicht.",
      todo: "Niemand war angemeldet, oder kein Bildschirm war verfügbar. Versuchen Sie es erneut, wenn jemand angemeldet ist.",
    },
    "refused-envelope": {
      text: "Das Gerät hat die Signatur oder die Gültigkeit des Auftrags abgelehnt.",
      todo: "Prüfen Sie die Uhr des Rechners. Wenn es weiter auftritt, registrieren Sie das Gerät neu.",
    },
    "journal-unwritable": {
      text: "Das Gerät konnte sein Journal nicht schreiben und hat die Aktion daher nicht begonnen.",
      todo: "Schaffen Sie Platz auf seinem Datenträger, und versuchen Sie es erneut.",
    },
    restored: {
      text: "Der Server wurde aus einer Sicherung wiederhergestellt. Alle unfertigen Aktionen wurden dabei abgebrochen.",
      todo: "Fordern Sie die Aktion bei Bedarf erneut an.",
    },
    deviceSays: "Meldung des Geräts: {{message}}",
  },
  cancel: {
    verb: "Abbrechen",
    name: "{{action}} auf {{device}} abbrechen",
    asked: "Der Abbruch wurde an das Gerät gesendet.",
    tooLate: "Diese Aktion lässt sich nicht mehr abbrechen.",
  },
  details: {
    open: "Details",
    validUntil: "Gültig bis",
    id: "Kennung",
    by: "{{value}} ({{detail}})",
    yes: "ja",
    no: "nein",
    copyLog: "Protokoll kopieren",
    lines_one: "{{count}} Zeile",
    lines_other: "{{count}} Zeilen",
  },
  receipt: {
    session: "Sitzung von {{user}}",
    shown: "angezeigt in {{by}}",
    notShown: "nicht angezeigt: {{reason}}",
    by: { tray: "der App im Infobereich" },
    reason: { locked: "gesperrt", disconnected: "getrennt" },
  },
  batch: {
    devices_one: "{{count}} Gerät",
    devices_other: "{{count}} Geräte",
    show: "Geräte anzeigen",
    hide: "Geräte ausblenden",
    cancel: "Alle abbrechen",
    cancelName: "{{action}} auf allen Geräten abbrechen",
    cancelTitle: "{{action}} abbrechen?",
    cancelText_one:
      "{{count}} Aktion ist unfertig. Sie wird abgebrochen, wenn ihr Gerät sie nicht begonnen hat oder noch anhalten kann.",
    cancelText_other:
      "{{count}} Aktionen sind unfertig. Abgebrochen werden die, die ihre Geräte nicht begonnen haben oder noch anhalten können.",
    repeat: "Wiederholen",
    repeatName: "{{action}} wiederholen",
    noDevice: "Keines dieser Geräte ist noch in der Flotte.",
  },
  filter: {
    state: "Status",
    type: "Aktion",
    allStates: "Alle Status",
    allTypes: "Alle Aktionen",
    batch: "Nur eine Sammelaktion wird angezeigt.",
    showAll: "Alle anzeigen",
    requester: "Angefordert von",
    anyone: "Alle",
  },
  list: {
    label: "Aktionen",
    empty: "Noch keine Aktionen",
    emptyHint:
      "Wählen Sie auf der Flottenseite Geräte aus oder öffnen Sie ein Gerät, und wählen Sie dann eine Aktion.",
    emptyDevice: "Noch keine Aktionen auf diesem Gerät",
    emptyDeviceHint: "Nachrichten und Neustarts erscheinen hier mit jedem Schritt und ihrem Ergebnis.",
    filtered: "Keine passenden Aktionen",
    filteredHint: "Ändern Sie die Filter oder setzen Sie sie zurück.",
  },
  waitingForIt: "Ausstehend, bis das Gerät wieder online ist: {{list}}.",
  marks: "Markierungen auf der Zeitachse zeigen Aktionen.",
};
