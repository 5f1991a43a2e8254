import type { alarmsEn } from "../en/alarms.messages.ts";
import type { Translation } from "../translation.ts";

export const alarmsDe: Translation<typeof alarmsEn> = {
  severity: {
    info: "Info",
    warning: "Warnung",
    critical: "kritisch",
  },
  metric: {
    cpu: "CPU-Auslastung",
    memory: "Speicherauslastung",
    swap: "Auslagerung",
    disk: "Datenträgerbelegung",
    diskFree: "Freier Speicherplatz",
    load: "Last",
    netIn: "Empfangsrate",
    netOut: "Senderate",
    diskRead: "Leserate des Datenträgers",
    diskWrite: "Schreibrate des Datenträgers",
    temperature: "Temperatur",
    battery: "Akkuladung",
  },
  series: {
    fileSystem: {
      used: "Belegung von {{instance}}",
      free: "Freier Platz auf {{instance}}",
    },
    networkInterface: {
      in: "Empfangsrate von {{instance}}",
      out: "Senderate von {{instance}}",
    },
  },
  score: "Zustand",
  level: {
    above: "{{what}} über {{threshold}}",
    below: "{{what}} unter {{threshold}}",
  },
  sentence: {
    value: "{{device}}: {{what}} {{value}}",
    limit: "{{device}}: {{what}} {{value}}, Grenzwert {{threshold}}",
    about: "{{device}}: {{text}}",
    since: "Seit {{time}}.",
  },
  forecast: {
    title: "{{instance}} voll in etwa {{days}}",
    sentence:
      "{{device}}: {{instance}} ist in etwa {{days}} voll. {{free}} sind frei, und jeden Tag werden {{perDay}} mehr belegt, gemessen über die letzten {{history}}.",
  },
  unusual: {
    above: "{{what}} ungewöhnlich hoch",
    below: "{{what}} ungewöhnlich niedrig",
    sentence:
      "{{device}}: {{what}} {{value}}. Zu dieser Zeit der Woche sind {{low}} bis {{high}} üblich, gemessen an {{count}} Durchschnittswerten aus vier Wochen.",
  },
  type: {
    "no-data": {
      title: "Keine Daten",
      sentence: "{{device}} meldet keine Daten: {{text}}.",
    },
    attention: {
      title: "Braucht Aufmerksamkeit",
      sentence: "{{device}} braucht Aufmerksamkeit.",
    },
    offline: {
      title: "Offline",
      sentence: "{{device}} meldet sich nicht.",
    },
    expired: {
      title: "Lange nicht gesehen",
      sentence: "{{device}} hat sich lange nicht gemeldet.",
    },
    "reboot-required": {
      title: "Neustart erforderlich",
      sentence: "{{device}} braucht einen Neustart.",
    },
    paused: {
      title: "Agent pausiert",
      sentence: "Der Agent auf {{device}} ist pausiert.",
    },
    "action-failed": {
      title: "Aktion fehlgeschlagen",
      sentence: "Auf {{device}} ist eine Aktion fehlgeschlagen.",
    },
    "agent-outdated": {
      title: "Agent veraltet",
      sentence: "Der Agent auf {{device}} ist veraltet: {{text}}.",
    },
    "clone-suspected": {
      title: "Klon vermutet",
      sentence: "Offenbar verwenden zwei Rechner die Zugangsdaten von {{device}}.",
    },
    "device-left": {
      title: "Agent entfernt",
      sentence: "Der Agent von {{device}} hat die Organisation verlassen.",
    },
    "help-request": {
      title: "Hilfe angefragt: {{text}}",
      sentence: "Hilfe angefragt auf {{device}}: {{text}}",
    },
    "channel-failing": {
      title: "Kanal gestört: {{text}}",
      sentence: "Über „{{text}}“ wurde seit einer Stunde nichts angenommen.",
    },
    outage: {
      title: "Ausfall vermutet",
      sentence: "Viele Geräte melden sich seit demselben Zeitpunkt nicht mehr.",
    },
  },
  siteOutage: {
    title: "Ausfall vermutet: {{site}}",
    sentence: "{{count}} Geräte eines Standorts melden sich seit demselben Zeitpunkt nicht mehr: {{site}}.",
  },
  unnamed: {
    device: "unbekanntes Gerät",
    alarm: "Alarm",
    version: "unbekannte Version",
  },
  endReason: {
    cleared: "Wieder normal",
    resolved: "Geschlossen von {{name}}",
    withdrawn: "Von der anfragenden Person geschlossen",
    "channel-off": "Kanal ausgeschaltet oder gelöscht",
    "device-archived": "Gerät archiviert",
    "device-removed": "Gerät gelöscht",
    "rule-changed": "Regel geändert",
    "rule-off": "Regel ausgeschaltet",
    "rule-removed": "Regel gelöscht",
    replaced: "Durch einen anderen Alarm ersetzt",
  },
};
