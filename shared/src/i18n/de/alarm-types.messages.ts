import type { AlarmCatalogTexts } from "../../alarms/alarm-type-texts.ts";

const levels = {
  warning: { label: "Warnschwelle" },
  critical: { label: "Kritische Schwelle" },
  clear: {
    label: "Entwarnungsschwelle",
    hint: "Der Alarm endet erst jenseits dieses Werts. Leer: sobald keine Schwelle mehr verletzt ist.",
  },
  forS: { label: "Dauer (Sekunden)" },
  sharePercent: {
    label: "Anteil der Werte (Prozent)",
    hint: "Wie viele der Werte in dieser Zeit die Schwelle verletzen müssen.",
  },
  clearForS: { label: "Entwarnung nach (Sekunden)" },
};
const severity = {
  label: "Schweregrad",
  choices: { info: "Info", warning: "Warnung", critical: "Kritisch" },
};
const forS = { label: "Dauer (Sekunden)" };

export const alarmTypesDe: AlarmCatalogTexts = {
  metric: {
    label: "Messwert",
    description: "Öffnet einen Alarm, wenn ein Messwert eine Zeit lang eine Schwelle verletzt.",
    settings: {
      metric: { label: "Messwert" },
      instances: {
        label: "Dateisysteme oder Schnittstellen",
        hint: "Namen, in denen * für beliebigen Text steht. Leer: alle.",
      },
      operator: {
        label: "Vergleich",
        choices: {
          ">": "Über",
          ">=": "Mindestens",
          "<": "Unter",
          "<=": "Höchstens",
          "==": "Gleich",
          "!=": "Ungleich",
        },
      },
      ...levels,
    },
  },
  "disk-full": {
    label: "Zeit bis Datenträger voll",
    description:
      "Öffnet einen Alarm, wenn ein Dateisystem in einigen Tagen voll ist, falls es sich weiter so füllt. Datenträger, die sich regelmäßig füllen und leeren, und einzelne große Kopien öffnen keinen.",
    settings: {
      instances: {
        label: "Dateisysteme",
        hint: "Einhängepunkte, in denen * für beliebigen Text steht. Leer: alle.",
      },
      warning: { label: "Warnung (Tage)" },
      critical: { label: "Kritisch (Tage)" },
      historyDays: {
        label: "Mindestverlauf (Tage)",
        hint: "Für ein Dateisystem mit weniger Verlauf gibt es keine Prognose.",
      },
    },
  },
  unusual: {
    label: "Ungewöhnlicher Wert",
    description:
      "Öffnet einen Alarm, wenn ein Messwert von dem abweicht, was dieses Gerät zu dieser Zeit der Woche gewöhnlich hat, gelernt aus den letzten vier Wochen.",
    settings: {
      metric: { label: "Messwert" },
      direction: {
        label: "Richtung",
        choices: { above: "Ungewöhnlich hoch", below: "Ungewöhnlich niedrig", both: "Beides" },
      },
      factor: {
        label: "Faktor",
        hint: "Das Wievielfache der üblichen Streuung der Wert vom üblichen Wert entfernt sein muss. Größer: weniger Alarme.",
      },
      severity,
      forS,
    },
  },
  health: {
    label: "Zustand",
    description: "Öffnet einen Alarm, wenn der Zustand eine Zeit lang unter einer Schwelle liegt.",
    settings: levels,
  },
  "no-data": {
    label: "Keine Daten",
    description:
      "Öffnet einen Alarm, wenn ein Messwert in den Berichten eines Geräts fehlt. Wählen Sie nur Geräte, die ihn messen können.",
    settings: { metric: { label: "Messwert" }, severity, forS },
  },
  attention: {
    label: "Braucht Aufmerksamkeit",
    description: "Öffnet einen Alarm, wenn ein Gerät Aufmerksamkeit braucht, gleich aus welchem Grund.",
    settings: {
      level: { label: "Ab Stufe", choices: { warn: "Warnung", critical: "Kritisch" } },
      severity,
      forS,
    },
  },
  offline: {
    label: "Offline",
    description:
      "Öffnet einen Alarm, wenn ein Gerät nicht berichtet, obwohl es sollte. Ruhezustand, Herunterfahren und Wartung gelten als entschuldigt.",
    settings: { severity, forS },
  },
  expired: {
    label: "Lange nicht gesehen",
    description:
      "Öffnet einen Alarm, wenn ein Gerät so lange nicht berichtet hat, dass es als abgelaufen gilt.",
    settings: { severity, forS },
  },
  "reboot-required": {
    label: "Neustart erforderlich",
    description: "Öffnet einen Alarm, wenn ein Gerät seit einiger Zeit einen Neustart braucht.",
    settings: { severity, forS },
  },
  paused: {
    label: "Pausiert",
    description: "Öffnet einen Alarm, wenn ein lokaler Benutzer den Agenten seit einiger Zeit pausiert hat.",
    settings: { severity, forS },
  },
  "action-failed": {
    label: "Aktion fehlgeschlagen",
    description:
      "Öffnet einen Alarm, wenn eine Aktion auf einem Gerät fehlschlägt. Er endet, wenn eine spätere Aktion desselben Typs gelingt.",
    settings: { severity },
  },
  "agent-outdated": {
    label: "Agent veraltet",
    description: "Öffnet einen Alarm, wenn ein Agent seit einiger Zeit älter ist als der Server.",
    settings: { severity, forS },
  },
  "clone-suspected": {
    label: "Klon vermutet",
    description: "Öffnet einen Alarm, wenn zwei Rechner die Zugangsdaten eines Geräts zu benutzen scheinen.",
    settings: { severity },
  },
  "device-left": {
    label: "Agent entfernt",
    description: "Öffnet einen Alarm, wenn der Agent eines Geräts die Organisation verlassen hat.",
    settings: { severity },
  },
};
