import type { sessionEn } from "../en/session.messages.ts";
import type { Translation } from "../translation.ts";

export const sessionDe: Translation<typeof sessionEn> = {
  login: {
    title: "Anmelden",
    email: "E-Mail",
    password: "Passwort",
    submit: "Anmelden",
    wrong: "E-Mail oder Passwort ist nicht richtig.",
    throttled_one: "Zu viele Versuche. Versuchen Sie es in {{count}} Sekunde erneut.",
    throttled_other: "Zu viele Versuche. Versuchen Sie es in {{count}} Sekunden erneut.",
    fleetTagline: "Jeder Rechner ist da. Jedem Rechner geht es gut.",
  },
  setup: {
    title: "Muster einrichten",
    intro: "Eine Seite, dann geht es direkt zu Ihrer Flotte.",
    organization: "Name der Organisation",
    name: "Ihr Name",
    email: "E-Mail",
    password: "Passwort",
    passwordHint: "Mindestens 10 Zeichen. Ein Satz ist leichter zu merken als Sonderzeichen.",
    submit: "Anlegen und Flotte öffnen",
    gone: "Dieser Einrichtungslink ist nicht mehr gültig",
    goneHint:
      "Er gilt einmal und eine Stunde lang. Wenn Muster noch nicht eingerichtet ist, starten Sie den Server neu: Er zeigt einen neuen Link an.",
    toLogin: "Anmelden",
    checking: "Link wird geprüft",
    strength: {
      label: "Stärke des Passworts",
      short_one: "noch {{count}} Zeichen",
      short_other: "noch {{count}} Zeichen",
      fair: "ausreichend",
      good: "gut",
      strong: "stark",
    },
  },
};
