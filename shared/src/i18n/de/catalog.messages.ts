import type { CatalogTexts } from "../../actions/action-texts.ts";

export const catalogDe: CatalogTexts = {
  message: {
    label: "Nachricht",
    description: "Zeigt allen angemeldeten Benutzern einen Text.",
    payload: {
      title: { label: "Titel" },
      text: { label: "Text" },
      urgency: {
        label: "Dringlichkeit",
        choices: { low: "Niedrig", normal: "Normal", urgent: "Dringend" },
      },
      buttons: {
        label: "Schaltflächen",
        hint: "Antworten zur Auswahl. Drücken Sie nach jeder die Eingabetaste. Die gewählte Antwort steht im Ergebnis.",
      },
    },
    result: { shown: "Angezeigt für", notShown: "Nicht angezeigt für", pressed: "Antwort" },
  },
  restart: {
    label: "Agent neu starten",
    description: "Startet den Muster-Agenten neu. Der Rechner selbst wird nicht neu gestartet.",
    payload: {},
    result: { agentVersion: "Version des Agenten" },
  },
  reboot: {
    label: "Rechner neu starten",
    description:
      "Startet das Betriebssystem neu. Abgeschlossen, wenn der Rechner nach dem Neustart wieder Berichte sendet.",
    payload: {
      delayMinutes: { label: "Verzögerung (Minuten)" },
      message: { label: "Nachricht an den Benutzer" },
      postponements: {
        label: "Mögliche Verschiebungen",
        hint: "0: Der Benutzer kann den Neustart nicht verschieben.",
      },
      postponableHours: { label: "Verschieben möglich für (Stunden)" },
    },
    result: { bootIdBefore: "Startkennung vorher", bootIdAfter: "Startkennung nachher" },
  },
  "cancel-reboot": {
    label: "Neustart abbrechen",
    description:
      "Bricht jedes geplante Herunterfahren und jeden geplanten Neustart des Rechners ab, unabhängig davon, wer sie geplant hat.",
    payload: {},
    result: { wasScheduled: "Ein Neustart war geplant" },
  },
  "refresh-inventory": {
    label: "Inventar aktualisieren",
    description: "Liest Hardware, Datenträger und Netzwerk erneut und sendet sie.",
    payload: {},
    result: { inventoryHash: "Fingerabdruck des Inventars" },
  },
  "collect-agent-log": {
    label: "Agentenprotokoll abrufen",
    description:
      "Ruft die neuesten Zeilen des Agentenprotokolls ab. Auf andere Dateien hat diese Aktion keinen Zugriff.",
    payload: { lines: { label: "Zeilen" } },
    result: { lines: "Protokoll" },
  },
};
