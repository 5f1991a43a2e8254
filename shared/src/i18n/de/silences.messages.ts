import type { silencesEn } from "../en/silences.messages.ts";
import type { Translation } from "../translation.ts";

export const silencesDe: Translation<typeof silencesEn> = {
  title: "Stummschaltungen",
  intro:
    "Von Alarmen, auf die eine Stummschaltung passt, erfährt niemand. Sie werden trotzdem ausgewertet und aufgezeichnet; was am Ende noch besteht, wird dann gemeldet.",
  add: "Neue Stummschaltung",
  silence: "Stummschalten",
  edit: "Stummschaltung ändern",
  extend: "Ändern",
  end: "Jetzt beenden",
  endTitle: "Diese Stummschaltung jetzt beenden?",
  endText_one:
    "Ihretwegen erfährt derzeit niemand von {{count}} Alarm. Besteht er noch, wird er in wenigen Sekunden gemeldet.",
  endText_other:
    "Ihretwegen erfährt derzeit niemand von {{count}} Alarmen. Die noch bestehen, werden in wenigen Sekunden gemeldet.",
  created_one: "Stummgeschaltet. Derzeit passt {{count}} offener Alarm.",
  created_other: "Stummgeschaltet. Derzeit passen {{count}} offene Alarme.",
  what: "Alarme",
  state: "Zustand",
  comment: "Kommentar",
  commentHint: "Warum niemand davon erfahren soll, für Ihre Kollegen",
  until: "Bis",
  types: "Typen",
  allTypes: "Alle Typen",
  severities: "Schweregrade",
  allSeverities: "Alle Schweregrade",
  endsWhenIdle: "Vorzeitig beenden, wenn sie nicht gebraucht wird",
  endsWhenIdleHint: "Sie endet, wenn eine Stunde lang kein offener Alarm gepasst hat.",
  idleShort: "endet vorzeitig, wenn eine Stunde lang nichts passt",
  target: {
    alarm: "Nur diesen Alarm",
    device: "Alle Alarme von {{name}}",
    rule: "Alle Alarme der Regel „{{name}}“",
  },
  preview: "Passt derzeit auf",
  previewLater: "Wählen Sie, welche Alarme gemeint sind.",
  previewFailed: "Die Vorschau konnte nicht gelesen werden.",
  matchesNow: "Passt derzeit auf",
  matches_one: "{{count}} offenen Alarm",
  matches_other: "{{count}} offene Alarme",
  more_one: "und {{count}} weiteren",
  more_other: "und {{count}} weitere",
  planned: "von {{from}} bis {{until}}",
  active: "bis {{time}}",
  stale: "Seit einer Stunde passt nichts.",
  ended: {
    time: "vorbei seit {{time}}",
    early: "{{time}} von {{name}} beendet",
    idle: "{{time}} beendet: nichts passte",
  },
  ofRule: "Regel: {{name}}",
  limited: "nur Kunden ihres Verfassers",
  deleted: "gelöscht",
  show: {
    current: "Aktuell",
    ended: "Beendet",
  },
  empty: {
    current: "Keine Stummschaltungen",
    ended: "Noch keine Stummschaltung ist beendet",
  },
  emptyHint:
    "Schalten Sie Alarme hier oder auf der Seite eines Alarms stumm, solange Sie die Ursache kennen. Geplante Arbeiten gehören in ein Wartungsfenster.",
};
