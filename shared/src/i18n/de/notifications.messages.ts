import type { Translation } from "../translation.ts";
import type { notificationsEn } from "../en/notifications.messages.ts";

export const notificationsDe: Translation<typeof notificationsEn> = {
  severity: {
    info: "Hinweis",
    warning: "Warnung",
    critical: "Kritisch",
  },
  kind: {
    opened: "Neuer Alarm",
    reopened: "Der Alarm ist wieder da",
    escalated: "Der Alarm ist jetzt schwerwiegender",
    unstable: "Der Alarm wechselt häufig",
    acknowledged: "Bestätigt",
    ended: "Der Alarm ist vorbei",
    reminder: "Noch offen und nicht bestätigt",
    commented: "Neuer Kommentar",
    assigned: "Zugewiesen",
  },
  acknowledgedBy: "Bestätigt von {{name}}",
  many: "{{count}} Meldungen zu Alarmen",
  more: "und {{count}} weitere",
  wasShort: "Er begann um {{from}} und endete um {{to}}.",
  device: "Gerät",
  rule: "Regel",
  since: "Seit",
  ended: "Beendet",
  openDevice: "Gerät öffnen",
  acknowledge: "Diesen Alarm bestätigen",
  acknowledgeHint: "Der Link ist nur für Sie und gilt sieben Tage.",
  reason: "Sie erhalten dies wegen der Benachrichtigungsrichtlinien Ihrer Organisation.",
  note: {
    watch: {
      outcome: { done: "erledigt", error: "fehlgeschlagen", expired: "abgelaufen", cancelled: "abgebrochen" },
      online: "{{name}} ist wieder da",
      offline: "{{name}} ist offline",
      ended: "Beendet: {{name}}",
      link: "Öffnen",
      reason: "Sie wollten hiervon einmal erfahren. Sie erhalten keine weitere Mail dazu.",
    },
    silence: {
      title: "{{author}} hat Alarme bis {{time}} stummgeschaltet",
      devices: "Geräte der Stummschaltung",
      link: "Stummschaltungen öffnen",
      reason: "Sie erhalten dies, weil Sie Inhaber der Organisation sind.",
    },
  },
  test: {
    title: "Testnachricht",
    text: "Dies ist ein Test des Kanals „{{name}}“. Es gibt keinen Alarm.",
  },
  confirm: {
    title: "Adresse bestätigen",
    ask: "Möchten Sie unter dieser Adresse Meldungen zu Alarmen erhalten?",
    button: "Ja, bitte senden",
    done: "Meldungen zu Alarmen werden an diese Adresse gesendet.",
    invalid: "Dieser Link ist nicht gültig. Bitten Sie um eine weitere Testnachricht.",
    link: "Bestätigen, dass Sie unter dieser Adresse Meldungen zu Alarmen möchten",
  },
  page: {
    title: "Alarm bestätigen",
    ask: "Mit der Bestätigung wissen alle, dass Sie sich darum kümmern.",
    button: "Bestätigen",
    done: "Sie haben diesen Alarm bestätigt.",
    already: "{{name}} hat diesen Alarm bereits bestätigt.",
    over: "Dieser Alarm ist vorbei. Es gibt nichts zu bestätigen.",
    invalid:
      "Dieser Link ist nicht gültig. Er ist vielleicht älter als sieben Tage. Öffnen Sie den Alarm in Muster.",
  },
};
