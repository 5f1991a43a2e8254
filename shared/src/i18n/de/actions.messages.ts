import type { actionsEn } from "../en/actions.messages.ts";
import type { Translation } from "../translation.ts";

export const actionsDe: Translation<typeof actionsEn> = {
  title: "Aktionen",
  intro: "Was von Geräten verlangt wurde, und was daraus wurde. Die neuesten zuerst.",
  state: {
    pending: "ausstehend",
    delivered: "zugestellt",
    executing: "läuft",
    done: "erledigt",
    error: "Fehler",
    expired: "abgelaufen",
    cancelled: "abgebrochen",
  },
  danger: { none: "stört niemanden", moment: "stört einen Moment", work: "unterbricht die Arbeit" },
  step: {
    asked: "verlangt von {{name}}",
    delivered: "zugestellt",
    "lease-over": "nicht rechtzeitig begonnen, wieder ausstehend",
    started: "begonnen",
    shown: "angezeigt",
    read: "gelesen",
    postponed: "verschoben",
    "counting-down": "Countdown läuft",
    "cancel-asked": "Abbruch verlangt",
    corrected: "berichtigt: {{state}}",
    until: "bis {{time}}",
    answerUntil: "(wartet auf eine Antwort bis {{time}})",
    label: "Was geschehen ist",
  },
  replaced: "durch eine neuere ersetzt",
  waits: {
    offline: "wartet: offline",
    paused: "wartet: von seinem Benutzer pausiert",
    held: "wartet: zwei Rechner verwenden seine Zugangsdaten",
    "approval-pending": "wartet: noch nicht genehmigt",
  },
  errors: {
    failed: {
      text: "Es wurde versucht und ist gescheitert.",
      todo: "Lesen Sie, was das Gerät meldet, beheben Sie es dort, und verlangen Sie es erneut.",
    },
    interrupted: {
      text: "Der Agent wurde dabei unterbrochen, es ist also vielleicht nur zum Teil geschehen.",
      todo: "Sehen Sie sich den Rechner an, bevor Sie es erneut verlangen.",
    },
    "not-back": {
      text: "Der Rechner ist von seinem Neustart nicht zurückgekehrt.",
      todo: "Sehen Sie vor Ort oder über seine Konsole nach. Kehrt er zurück, wird dies von selbst berichtigt.",
    },
    "no-result": {
      text: "Das Gerät hat begonnen und danach nichts mehr gemeldet.",
      todo: "Prüfen Sie, ob das Gerät noch Berichte sendet. Ein spätes Ergebnis berichtigt dies von selbst.",
    },
    "forbidden-by-device": {
      text: "Die eigene Liste erlaubter Aktionen des Rechners verbietet es.",
      todo: "Das entscheidet sein Administrator in einer Datei auf dem Rechner.",
    },
    "not-supported": {
      text: "Der Agent auf diesem Rechner kann das nicht.",
      todo: "Aktualisieren Sie den Agenten, oder erledigen Sie es von Hand.",
    },
    "nobody-reached": {
      text: "Niemand konnte es sehen.",
      todo: "Niemand war angemeldet, oder kein Bildschirm war erreichbar. Verlangen Sie es erneut, wenn jemand da ist.",
    },
    "refused-envelope": {
      text: "Das Gerät hat die Signatur oder die Gültigkeit des Auftrags nicht anerkannt.",
      todo: "Prüfen Sie die Uhr des Rechners. Bleibt es dabei, registrieren Sie das Gerät neu.",
    },
    "journal-unwritable": {
      text: "Das Gerät konnte sein Journal nicht schreiben und hat daher nichts getan.",
      todo: "Schaffen Sie Platz auf seinem Datenträger, und verlangen Sie es erneut.",
    },
    restored: {
      text: "Der Server wurde aus einer Sicherung wiederhergestellt, und Unfertiges wurde abgesagt.",
      todo: "Verlangen Sie es erneut, falls es noch gewünscht ist.",
    },
    deviceSays: "Das Gerät meldet: {{message}}",
  },
  cancel: {
    verb: "Abbrechen",
    name: "{{action}} auf {{device}} abbrechen",
    asked: "Das Gerät wurde gebeten, sie abzubrechen.",
    tooLate: "Sie lässt sich nicht mehr abbrechen.",
  },
  details: {
    open: "Details",
    validUntil: "Gültig bis",
    id: "Kennung",
    by: "{{value}} ({{detail}})",
    yes: "ja",
    no: "nein",
    copyLog: "Zeilen kopieren",
    lines_one: "{{count}} Zeile",
    lines_other: "{{count}} Zeilen",
  },
  receipt: {
    session: "Sitzung von {{user}}",
    shown: "angezeigt durch {{by}}",
    notShown: "nicht angezeigt: {{reason}}",
    by: { tray: "das Infobereich-Symbol" },
    reason: { locked: "gesperrt", disconnected: "getrennt" },
  },
  filter: {
    state: "Status",
    type: "Aktion",
    allStates: "Alle Status",
    allTypes: "Alle Aktionen",
    clear: "Filter zurücksetzen",
    batch: "Nur was zusammen verlangt wurde.",
    showAll: "Alle zeigen",
  },
  list: {
    label: "Aktionen",
    empty: "Noch keine Aktion",
    emptyHint:
      "Wählen Sie auf der Flottenseite Geräte aus, oder öffnen Sie eines, und wählen Sie, was es tun soll.",
    emptyDevice: "Von diesem Gerät wurde noch nichts verlangt",
    emptyDeviceHint: "Nachrichten und Neustarts erscheinen hier mit jedem Schritt und ihrem Ende.",
    filtered: "Keine Aktion passt",
    filteredHint:
      "Wählen Sie einen anderen Status oder eine andere Aktion, oder setzen Sie die Filter zurück.",
  },
  waitingForIt: "Bei seiner Rückkehr wird verlangt: {{list}}.",
  marks: "Marken auf der Zeitachse sind Aktionen.",
};
