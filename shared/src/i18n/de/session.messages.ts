import type { sessionEn } from "../en/session.messages.ts";
import type { Translation } from "../translation.ts";

export const sessionDe: Translation<typeof sessionEn> = {
  login: {
    title: "Anmelden",
    ended: "Ihre Sitzung ist beendet. Melden Sie sich an, um dort fortzufahren, wo Sie waren.",
    email: "E-Mail",
    password: "Passwort",
    submit: "Anmelden",
    wrong: "E-Mail-Adresse oder Passwort ist falsch.",
    throttled_one: "Zu viele Versuche. Versuchen Sie es in {{count}} Sekunde erneut.",
    throttled_other: "Zu viele Versuche. Versuchen Sie es in {{count}} Sekunden erneut.",
    fleetTagline: "Alle Ihre Rechner, und was Aufmerksamkeit braucht.",
  },
  setup: {
    title: "Muster einrichten",
    intro: "Füllen Sie dieses Formular aus, um Ihre Flotte zu öffnen.",
    organization: "Name der Organisation",
    name: "Ihr Name",
    email: "E-Mail",
    password: "Passwort",
    passwordHint:
      "Mindestens 10 Zeichen, davon 5 verschiedene. Häufige Passwörter, Zeichenfolgen wie „abcdef“ und eigene Namen werden abgelehnt.",
    alarmRules: "Alarmregeln für den Anfang",
    alarmRulesHint: "Was einen Alarm auslöst. Alles lässt sich später ändern.",
    submit: "Organisation anlegen und Flotte öffnen",
    needed: "Dieser Server ist noch nicht eingerichtet.",
    neededHint:
      "Öffnen Sie den Link, den der Server beim Start ausgegeben hat. Einen neuen erhalten Sie auf dem Server mit npx muster setup-link.",
    gone: "Dieser Einrichtungslink ist nicht mehr gültig",
    goneHint:
      "Er kann einmal und innerhalb einer Stunde verwendet werden. Wenn Muster noch nicht eingerichtet ist, starten Sie den Server neu, um einen neuen Link zu erhalten.",
    toLogin: "Anmelden",
    checking: "Link wird geprüft…",
    strength: {
      label: "Stärke des Passworts",
      short_one: "noch {{count}} Zeichen",
      short_other: "noch {{count}} Zeichen",
      repetitive: "abgelehnt: weniger als 5 verschiedene Zeichen",
      sequence: "abgelehnt: eine Folge benachbarter Zeichen",
      common: "abgelehnt: ein häufiges Passwort",
      personal: "abgelehnt: nur Name, E-Mail-Adresse oder Organisation",
      fair: "ausreichend",
      good: "gut",
      strong: "stark",
    },
  },
};
