import type { CatalogTexts } from "../../actions/action-texts.ts";

export const catalogDe: CatalogTexts = {
  message: {
    label: "Nachricht",
    description: "Zeigt allen, die angemeldet sind, einen Text.",
    payload: {
      title: { label: "Titel" },
      text: { label: "Text" },
      urgency: {
        label: "Dringlichkeit",
        choices: { low: "Niedrig", normal: "Normal", urgent: "Dringend" },
      },
      buttons: {
        label: "Schaltflächen",
        hint: "Antworten zur Auswahl, die Eingabetaste fügt eine hinzu. Die gedrückte wird zurückgemeldet.",
      },
    },
    result: { shown: "Angezeigt für", notShown: "Nicht angezeigt für", pressed: "Antwort" },
  },
  restart: {
    label: "Agent neu starten",
    description: "Startet den Agenten von Muster neu. Sonst wird auf dem Rechner nichts angerührt.",
    payload: {},
    result: { agentVersion: "Version des Agenten" },
  },
  reboot: {
    label: "Rechner neu starten",
    description:
      "Startet das Betriebssystem neu. Erledigt erst, wenn der Rechner mit einer anderen Startkennung zurück ist.",
    payload: {
      delayMinutes: { label: "Verzögerung (Minuten)" },
      message: { label: "Grund, wird dem Benutzer gezeigt" },
      postponements: {
        label: "Darf verschoben werden (Anzahl)",
        hint: "0: Wer am Rechner sitzt, kann den Neustart nicht verschieben.",
      },
      postponableHours: { label: "Verschiebbar für (Stunden)" },
    },
    result: { bootIdBefore: "Startkennung vorher", bootIdAfter: "Startkennung nachher" },
  },
  "cancel-reboot": {
    label: "Neustart absagen",
    description:
      "Sagt ein geplantes Herunterfahren oder einen geplanten Neustart ab, gleich von wem er geplant wurde.",
    payload: {},
    result: { wasScheduled: "Ein Neustart war geplant" },
  },
  "refresh-inventory": {
    label: "Inventar aktualisieren",
    description: "Liest Hardware, Datenträger und Netzwerk neu und sendet sie.",
    payload: {},
    result: { inventoryHash: "Fingerabdruck des Inventars" },
  },
  "collect-agent-log": {
    label: "Agentenprotokoll abrufen",
    description:
      "Holt die neuesten Zeilen aus dem Protokoll des Agenten. Eine andere Datei lässt sich nicht verlangen.",
    payload: { lines: { label: "Zeilen" } },
    result: { lines: "Protokoll" },
  },
};
